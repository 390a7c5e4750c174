// Loaded into a server before itself: leaves everything that comes and goes to Socket.IO.
import { Delivery } from "../../server/dist/http/delivery.js";

Delivery.prototype.watch = () => undefined;
Delivery.prototype.send = (receivers, event, content) => {
  for (const { socket } of receivers) socket.emit(event, ...content);
};
