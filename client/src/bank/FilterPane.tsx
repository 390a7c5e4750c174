import { useMedia } from "../browser/media.ts";
import styles from "./FilterPane.module.css";
import { Filters, type FiltersProps } from "./Filters.tsx";
import { namesOfChosen } from "./names.ts";

/** The filters at the side, or folded away where there is no side. */
export function FilterPane(props: FiltersProps) {
  const isNarrow = useMedia("(max-width: 860px)");
  const { address, choices } = props;
  const chosen = namesOfChosen(address, choices).length + (address.asked === undefined ? 0 : 1);
  if (!isNarrow) {
    return (
      <aside className={styles.side} aria-label="Filters">
        <Filters {...props} />
      </aside>
    );
  }
  return (
    <details className={styles.folded}>
      <summary>Filters{chosen > 0 && <small>{chosen} chosen</small>}</summary>
      <Filters {...props} />
    </details>
  );
}
