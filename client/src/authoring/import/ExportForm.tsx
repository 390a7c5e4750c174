import { useMutation } from "@tanstack/react-query";
import { ExportQuery } from "@whetstone/shared/bank-wire";
import { Download } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { fieldStyles } from "../../ui/Field.tsx";
import { downloadPack } from "../requests.ts";
import { useBankChoices } from "../useBankWords.ts";
import styles from "./ImportPage.module.css";

type Format = ExportQuery["format"];
type Audience = ExportQuery["audience"];

const FORMATS: Readonly<{ [format in Format]: string }> = {
  yaml: "YAML, one file",
  "yaml-folder": "YAML, a folder (ZIP)",
  json: "JSON",
  csv: "CSV, for a spreadsheet",
  markdown: "Markdown, a document to read",
};
const AUDIENCES: Readonly<{ [audience in Audience]: string }> = {
  panel: "For the panel: everything",
  candidate: "For candidates: prompts only, no answers or rubrics",
};

/** Downloads a pack in one of the formats that can be imported again. */
export function ExportForm() {
  const packs = useBankChoices().data?.packs ?? [];
  const [chosen, setChosen] = useState({ pack: "", format: "yaml" as Format, audience: "panel" as Audience });
  const pack = chosen.pack || (packs[0]?.value ?? "");
  const exporting = useMutation({ mutationFn: downloadPack });
  if (packs.length === 0) return null;
  return (
    <section className={styles.export}>
      <h2>Export a pack</h2>
      <div>
        <Choice
          label="Pack"
          value={pack}
          options={packs.map(({ value, name }) => [value, name] as const)}
          onChange={(value) => setChosen({ ...chosen, pack: value })}
        />
        <Choice
          label="Format"
          value={chosen.format}
          options={ExportQuery.shape.format.options.map((format) => [format, FORMATS[format]] as const)}
          onChange={(format) => setChosen({ ...chosen, format })}
        />
        <Choice
          label="For whom"
          value={chosen.audience}
          options={ExportQuery.shape.audience.options.map((audience) => [audience, AUDIENCES[audience]] as const)}
          onChange={(audience) => setChosen({ ...chosen, audience })}
        />
        <Button disabled={exporting.isPending} onClick={() => exporting.mutate({ ...chosen, pack })}>
          <Download size={15} aria-hidden /> Download
        </Button>
      </div>
      {exporting.isError && <p role="alert">{exporting.error.message}</p>}
    </section>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  const id = useId();
  const choose = (chosen: string) => {
    const option = options.find(([known]) => known === chosen);
    if (option) onChange(option[0]);
  };
  return (
    <div className={styles.option}>
      <label htmlFor={id}>{label}</label>
      <select id={id} className={fieldStyles.input} value={value} onChange={(event) => choose(event.target.value)}>
        {options.map(([known, name]) => (
          <option key={known} value={known}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
