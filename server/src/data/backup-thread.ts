import "../threads/background.ts";
import { backUp } from "./backup.ts";

interface BackupTask {
  readonly dataDir: string;
  readonly file: string;
}

export default async ({ dataDir, file }: BackupTask): Promise<void> => {
  await backUp(dataDir, file);
};
