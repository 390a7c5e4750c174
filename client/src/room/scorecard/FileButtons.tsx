import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { Button } from "../../ui/Button.tsx";
import { FORMAT_NAMES } from "../../words.ts";
import { allSaved } from "../store/all-saved.ts";
import { useRoomContext } from "../store/context.tsx";
import styles from "./FileButtons.module.css";

interface FileButtonsProps<Format extends keyof typeof FORMAT_NAMES> {
  readonly formats: readonly Format[];
  /** Saves the file; what it throws is shown. */
  readonly download: (token: string, format: Format) => Promise<void>;
}

/** A room as files, each with all that was written until now. One that cannot be made says why, and the others stay. */
export function FileButtons<Format extends keyof typeof FORMAT_NAMES>({ formats, download }: FileButtonsProps<Format>) {
  return (
    <div className={styles.files}>
      {formats.map((format) => (
        <FileButton key={format} name={FORMAT_NAMES[format]} download={(token) => download(token, format)} />
      ))}
    </div>
  );
}

interface FileButtonProps {
  readonly name: string;
  readonly download: (token: string) => Promise<void>;
}

function FileButton({ name, download }: FileButtonProps) {
  const { token, store } = useRoomContext();
  const downloading = useMutation({
    mutationFn: async () => {
      await allSaved(store);
      await download(token);
    },
  });
  return (
    <>
      <Button disabled={downloading.isPending} onClick={() => downloading.mutate()}>
        <Download size={14} aria-hidden /> {name}
      </Button>
      {downloading.isError && (
        <p role="alert">
          {name}: {downloading.error.message}
        </p>
      )}
    </>
  );
}
