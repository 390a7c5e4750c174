// `npm run retention [-- --days <days>]`: says which rooms the server would erase by itself, and when. It erases nothing.
import { runRetention } from "../dist/data/commands.js";

process.exitCode = await runRetention(process.argv.slice(2), process.env);
