// Loaded into a server before itself: leaves every frame to Socket.IO.
import { Delivery } from "../../server/dist/http/delivery.js";

Delivery.prototype.watch = () => undefined;
Delivery.prototype.send = (sockets, frame) => {
  for (const socket of sockets) socket.emit("frame", frame);
};
