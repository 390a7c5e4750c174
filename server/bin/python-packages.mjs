// `npm run python-packages [-- names… | --from FOLDER | --list]`: puts Python packages into the data directory (DATA_DIR), for programs.
import { dataDirOf } from "../dist/data/commands.js";
import { runPythonPackages } from "../dist/python/command.js";

const dataDir = dataDirOf(process.env);
process.exitCode = dataDir === null ? 1 : await runPythonPackages(process.argv.slice(2), dataDir);
