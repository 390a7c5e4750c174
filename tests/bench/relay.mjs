// The baseline: a bare Socket.IO relay with the server's own options. A command is shown to the other sockets of its room and
// acknowledged. Nothing is parsed, decided, kept or projected.
//
// What it shows is the frame that the real server was seen to send for such a command, so that the same bytes travel on both
// sides; it comes as JSON in the first argument. What is written in a document is passed on as it comes. Where a file is named in the second
// argument it is put into a database there before that, on disk, each as one row by itself: what durability alone costs.
import "./inside.mjs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { Driver } from "../../server/dist/sqlite/driver.js";

// The server's own copy of Socket.IO, wherever npm has put it.
const { Server } = createRequire(new URL("../../server/package.json", import.meta.url))("socket.io");
const [, , frame = "{}", file] = process.argv;
const template = JSON.parse(frame);
const store = file === undefined ? () => {} : storeIn(file);

const http = createServer();
const io = new Server(http, {
  serveClient: false,
  pingInterval: 8_000,
  pingTimeout: 6_000,
  maxHttpBufferSize: 512 * 1024,
});
let version = 0;
io.on("connection", (socket) => {
  const { room } = socket.handshake.auth;
  socket.join(room);
  socket.on("command", (_envelope, acknowledge) => {
    version += 1;
    socket.to(room).emit("frame", { ...template, version: version % 1000 });
    acknowledge({ ok: true });
  });
  socket.on("document", (written, acknowledge) => {
    store(written.update);
    socket.to(room).emit("document", { ...written, type: "written" });
    acknowledge({ ok: true });
  });
});
http.listen(0, "127.0.0.1", () => process.send?.({ port: http.address().port }));
process.once("disconnect", () => process.exit(0));

/** Stores updates in a database, as durably as the server does. @param {string} path */
function storeIn(path) {
  const database = new Driver(path);
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE updates (id INTEGER PRIMARY KEY, body BLOB)",
  );
  const insert = database.prepare("INSERT INTO updates (body) VALUES (?)");
  return (/** @type {string} */ update) => void insert.run(Buffer.from(update, "base64"));
}
