// `npm run caption-models [-- name [--gpu] [--from FOLDER]] [--list]`: puts a speech model into the data directory (DATA_DIR), for captions.
import { runCaptionModels } from "../dist/caption-models/command.js";
import { dataDirOf } from "../dist/data/commands.js";

const dataDir = dataDirOf(process.env);
process.exitCode = dataDir === null ? 1 : await runCaptionModels(process.argv.slice(2), dataDir);
