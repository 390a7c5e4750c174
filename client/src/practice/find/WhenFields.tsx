import { Button } from "../../ui/Button.tsx";
import { Chips } from "../../ui/Chips.tsx";
import { Field, fieldStyles, Input } from "../../ui/Field.tsx";
import type { HoursRow } from "./hours.ts";
import styles from "./WhenFields.module.css";
import { DAY_NAMES } from "./words.ts";

/** When somebody can: now, or in hours of the week on the clock of a zone. */
export interface WhenForm {
  readonly kind: "now" | "hours";
  readonly rows: readonly HoursRow[];
  readonly zone: string;
}

interface WhenFieldsProps {
  readonly when: WhenForm;
  readonly problem: string | undefined;
  readonly onWhen: (when: WhenForm) => void;
}

const KINDS = [
  { value: "now" as const, label: "Now" },
  { value: "hours" as const, label: "In hours of the week" },
];
const DAYS = DAY_NAMES.map((label, value) => ({ value, label }));
const ROWS_MOST = 4;

export function WhenFields({ when, problem, onWhen }: WhenFieldsProps) {
  const { kind, rows, zone } = when;
  const setRow = (index: number, change: Partial<HoursRow>) =>
    onWhen({ ...when, rows: rows.map((row, at) => (at === index ? { ...row, ...change } : row)) });
  return (
    <>
      <Chips
        legend="When"
        kind="radio"
        name="seek-when"
        options={KINDS}
        chosen={[kind]}
        onChoose={(chosen) => onWhen({ ...when, kind: chosen })}
      />
      {kind === "hours" && (
        <div className={styles.hours}>
          {rows.map((row, index) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: hours are known by their place alone
              key={index}
              className={styles.row}
            >
              <Chips
                legend={index === 0 ? "Days" : "Other days"}
                kind="checkbox"
                name={`seek-days-${index}`}
                options={DAYS}
                chosen={row.days}
                onChoose={(day, isIn) =>
                  setRow(index, {
                    days: DAYS.map(({ value }) => value).filter((one) => (one === day ? isIn : row.days.includes(one))),
                  })
                }
              />
              <div className={styles.times}>
                <Field label="From">
                  <Input
                    className={fieldStyles.input ?? ""}
                    type="time"
                    value={row.from}
                    onChange={({ target }) => setRow(index, { from: target.value })}
                  />
                </Field>
                <Field label="To">
                  <Input
                    className={fieldStyles.input ?? ""}
                    type="time"
                    value={row.to}
                    onChange={({ target }) => setRow(index, { to: target.value })}
                  />
                </Field>
                {rows.length > 1 && (
                  <Button look="quiet" onClick={() => onWhen({ ...when, rows: rows.filter((_, at) => at !== index) })}>
                    Leave out
                  </Button>
                )}
              </div>
            </div>
          ))}
          {problem !== undefined && <p role="alert">{problem}</p>}
          <div className={styles.below}>
            {rows.length < ROWS_MOST && (
              <Button
                look="quiet"
                onClick={() => onWhen({ ...when, rows: [...rows, { days: [5, 6], from: "10:00", to: "12:00" }] })}
              >
                Other hours
              </Button>
            )}
            <label className={styles.zone}>
              <span>Times of</span>
              <select value={zone} onChange={({ target }) => onWhen({ ...when, zone: target.value })}>
                {zonesWith(zone).map((one) => (
                  <option key={one} value={one}>
                    {one.replaceAll("_", " ")}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <p className={styles.note}>
            You are brought together with somebody in these hours only, and only while this page is open. Leave it open,
            or open it again when they begin; it remembers them.
          </p>
        </div>
      )}
    </>
  );
}

/** All zones that this browser knows, with the one that it is in, which some name otherwise than they list it. */
function zonesWith(zone: string): readonly string[] {
  // Older browsers cannot list them.
  const zones = "supportedValuesOf" in Intl ? Intl.supportedValuesOf("timeZone") : [];
  return zones.includes(zone) ? zones : [zone, ...zones];
}
