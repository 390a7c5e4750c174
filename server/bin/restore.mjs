// `npm run restore -- file`: puts a backup into an empty data directory (DATA_DIR).
import { runRestore } from "../dist/data/commands.js";

process.exitCode = runRestore(process.argv.slice(2), process.env);
