// `npm run backup -- [file]`: backs up the data directory that the server uses (DATA_DIR), also while it runs.
import { runBackup } from "../dist/data/commands.js";

process.exitCode = await runBackup(process.argv.slice(2), process.env);
