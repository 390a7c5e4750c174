import { useQuery } from "@tanstack/react-query";
import { QuestionLevel } from "@whetstone/shared/bank";
import { SearchRequest } from "@whetstone/shared/bank-wire";
import type { PeerWishes } from "@whetstone/shared/room/peers/commands";
import { kits, searchBank } from "../../api.ts";
import { Field, fieldStyles } from "../../ui/Field.tsx";
import styles from "./WishesFields.module.css";
import { LEVEL_WORDS, withLevel, withTopic } from "./wishes.ts";

const MINUTES = [25, 40] as const;

interface WishesFieldsProps {
  readonly wishes: PeerWishes;
  /** How many practise with each other, each of whom is asked in a round; one where somebody does alone. */
  readonly people: number;
  /** Whether this browser may read the bank, for its topics and kits. */
  readonly canRead: boolean;
  readonly onWish: (wishes: PeerWishes) => void;
}

/** What one wishes to be asked: level, minutes, topics, or the questions of a kit. */
export function WishesFields({ wishes, people, canRead, onWish }: WishesFieldsProps) {
  const isAlone = people === 1;
  const set = (change: Partial<PeerWishes>) => onWish({ ...wishes, ...change });
  const topics = useQuery({
    queryKey: ["practice-topics"],
    queryFn: async () => (await searchBank(SearchRequest.parse({ text: "", limit: 1 }))).choices.topics,
    enabled: canRead,
    retry: false,
  });
  const kitList = useQuery({ queryKey: ["kits", "practice"], queryFn: () => kits(), enabled: canRead, retry: false });
  const rounds = isAlone ? "" : " each";
  return (
    <div className={styles.wishes}>
      <fieldset>
        <legend>Minutes</legend>
        <div className={styles.chips}>
          {MINUTES.map((minutes) => (
            <label key={minutes}>
              <input
                type="radio"
                name="peer-minutes"
                checked={wishes.minutes === minutes}
                onChange={() => set({ minutes })}
              />
              {isAlone ? minutes : `${people} × ${minutes}`}
              <span className="visually-hidden"> minutes{rounds}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>Level</legend>
        <div className={styles.chips}>
          {QuestionLevel.options.map((level) => (
            <label key={level}>
              <input
                type="checkbox"
                checked={wishes.levels.includes(level)}
                onChange={({ target }) => set({ levels: withLevel(wishes.levels, level, target.checked) })}
              />
              {LEVEL_WORDS[level]}
            </label>
          ))}
        </div>
      </fieldset>
      {kitList.data && kitList.data.length > 0 && (
        <Field
          label="Questions"
          hint={
            isAlone
              ? undefined
              : `${people === 2 ? "Both rounds get" : "Every round gets"} as many, of the same levels.`
          }
        >
          <select
            aria-label="Questions"
            className={fieldStyles.input}
            value={wishes.kitId ?? ""}
            onChange={({ target }) => set({ kitId: target.value || null, topics: [] })}
          >
            <option value="">From the whole bank</option>
            {kitList.data.map(({ id, title }) => (
              <option key={id} value={id}>
                From the kit “{title}”
              </option>
            ))}
          </select>
        </Field>
      )}
      {wishes.kitId === null && topics.data && topics.data.length > 0 && (
        <details className={styles.topics} open={wishes.topics.length > 0}>
          <summary>
            Topics <span>{wishes.topics.length === 0 ? "all of them" : `${wishes.topics.length} chosen`}</span>
          </summary>
          <div className={styles.chips}>
            {topics.data.map(({ value, name }) => (
              <label key={value}>
                <input
                  type="checkbox"
                  checked={wishes.topics.includes(value)}
                  onChange={({ target }) => set({ topics: withTopic(wishes.topics, value, target.checked) })}
                />
                {name}
              </label>
            ))}
          </div>
        </details>
      )}
      {(topics.isError || kitList.isError) && (
        <p role="alert">{(topics.error ?? kitList.error)?.message} All topics are dealt from until then.</p>
      )}
    </div>
  );
}
