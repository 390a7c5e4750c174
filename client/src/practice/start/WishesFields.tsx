import { useQuery } from "@tanstack/react-query";
import { QuestionLevel } from "@whetstone/shared/bank";
import { SearchRequest } from "@whetstone/shared/bank-wire";
import type { PeerWishes } from "@whetstone/shared/room/peers/commands";
import { kits, searchBank } from "../../api/bank.ts";
import { Chips } from "../../ui/Chips.tsx";
import { Field, fieldStyles } from "../../ui/Field.tsx";
import styles from "./WishesFields.module.css";
import { LEVEL_WORDS, withLevel, withTopic } from "./wishes.ts";

const MINUTES = [25, 40] as const;
const LEVELS = QuestionLevel.options.map((level) => ({ value: level, label: LEVEL_WORDS[level] }));

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
  return (
    <div className={styles.wishes}>
      <Chips
        legend="Minutes"
        kind="radio"
        name="peer-minutes"
        options={MINUTES.map((minutes) => ({
          value: minutes,
          label: <MinutesLabel minutes={minutes} people={people} isAlone={isAlone} />,
        }))}
        chosen={[wishes.minutes]}
        onChoose={(minutes) => set({ minutes })}
      />
      <Chips
        legend="Level"
        kind="checkbox"
        name="peer-level"
        options={LEVELS}
        chosen={wishes.levels}
        onChoose={(level, isIn) => set({ levels: withLevel(wishes.levels, level, isIn) })}
      />
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
          <Chips
            legend={<span className="visually-hidden">To choose from</span>}
            kind="checkbox"
            name="peer-topic"
            options={topics.data.map(({ value, name }) => ({ value, label: name }))}
            chosen={wishes.topics}
            onChoose={(topic, isIn) => set({ topics: withTopic(wishes.topics, topic, isIn) })}
          />
        </details>
      )}
      {(topics.isError || kitList.isError) && (
        <p role="alert">{(topics.error ?? kitList.error)?.message} All topics are dealt from until then.</p>
      )}
    </div>
  );
}

function MinutesLabel({ minutes, people, isAlone }: { minutes: number; people: number; isAlone: boolean }) {
  return (
    <>
      {isAlone ? minutes : `${people} × ${minutes}`}
      <span className="visually-hidden"> minutes{isAlone ? "" : " each"}</span>
    </>
  );
}
