// `npm run doctor`: looks through the data directory that the server uses (DATA_DIR), also while it runs.
import { runDoctor } from "../dist/data/commands.js";

process.exitCode = await runDoctor(process.argv.slice(2), process.env);
