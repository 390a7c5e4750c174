// The baseline: a bare Socket.IO relay with the server's own options. A command is shown to the other sockets of its room and
// acknowledged. Nothing is parsed, decided, kept or projected.
//
// What it shows is the frame that the real server was seen to send for such a command, so that the same bytes travel on both
// sides; it comes as JSON in the first argument. What is written in a document is passed on as it comes.
import "./inside.mjs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

// The server's own copy of Socket.IO, wherever npm has put it.
const { Server } = createRequire(new URL("../../server/package.json", import.meta.url))("socket.io");
const template = JSON.parse(process.argv[2] ?? "{}");

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
    socket.to(room).emit("document", { ...written, type: "written" });
    acknowledge({ ok: true });
  });
});
http.listen(0, "127.0.0.1", () => process.send?.({ port: http.address().port }));
process.once("disconnect", () => process.exit(0));
