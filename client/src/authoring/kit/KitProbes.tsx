import { useFault } from "../../ui/form/form.tsx";
import styles from "./KitProbes.module.css";

interface KitProbesProps {
  readonly field: string;
  /** What the question is called. */
  readonly title: string;
  readonly competencies: readonly string[];
  /** Numbers of competencies. */
  readonly probes: readonly number[];
  readonly onToggle: (competency: number) => void;
}

/** Which of the kit's competencies a question probes: a chip for each, pressed where it does. */
export function KitProbes({ field, title, competencies, probes, onToggle }: KitProbesProps) {
  const fault = useFault(field);
  const chips = competencies.flatMap((name, index) => {
    const isShown = name.trim() !== "" || probes.includes(index + 1);
    return isShown ? [{ number: index + 1, name: name.trim() || "not written yet", isLost: false }] : [];
  });
  const lost = [...new Set(probes)].filter((number) => number > competencies.length);
  chips.push(...lost.map((number) => ({ number, name: "not in this kit", isLost: true })));
  if (chips.length === 0) return null;
  return (
    <fieldset data-field={field} className={styles.probes}>
      <legend>
        Probes<span className="visually-hidden"> ({title})</span>
      </legend>
      <div>
        {chips.map(({ number, name, isLost }) => (
          <button
            key={number}
            type="button"
            title={name}
            aria-pressed={probes.includes(number)}
            data-lost={isLost}
            onClick={() => onToggle(number)}
          >
            <span className={styles.number}>{number}</span> <span className={styles.name}>{name}</span>
          </button>
        ))}
      </div>
      {fault !== undefined && <p>{fault}</p>}
    </fieldset>
  );
}
