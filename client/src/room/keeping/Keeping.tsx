import { useMutation } from "@tanstack/react-query";
import type { HostView } from "@whetstone/shared/room/view/host";
import { candidateOfRound } from "@whetstone/shared/scorecard";
import { Download } from "lucide-react";
import { Button } from "../../ui/Button.tsx";
import { KeptUntil } from "../../ui/KeptUntil.tsx";
import { Section } from "../../ui/Section.tsx";
import { allSaved } from "../store/all-saved.ts";
import { useRoomContext } from "../store/context.tsx";
import { Erase } from "./Erase.tsx";
import styles from "./Keeping.module.css";
import { downloadRecord } from "./requests.ts";
import { TrailList } from "./TrailList.tsx";

/** What is kept of the room's people, and what its host can do with it: have it, know who had it, erase it. */
export function Keeping({ view }: { view: HostView }) {
  const { token } = useRoomContext();
  const candidate = candidateOfRound(view) ?? view.room.candidateName ?? "the candidate";
  return (
    <div className={styles.keeping}>
      <Section title="What is kept">
        <div className={styles.body}>
          <p>
            Everything that was asked, answered, noted, rated and decided in this room, on this server and nowhere else.{" "}
            <KeptUntil at={view.room.keptUntil} /> <bdi>{candidate}</bdi> reads the same on their own page.
          </p>
          <TakeRecord candidate={candidate} isWhole={view.debriefOpen} />
          <Erase />
        </div>
      </Section>
      <Section title="Who had it" hint="It stays when the room is erased, without the names.">
        <TrailList token={token} />
      </Section>
    </div>
  );
}

function TakeRecord({ candidate, isWhole }: { candidate: string; isWhole: boolean }) {
  const { token, store } = useRoomContext();
  const taking = useMutation({
    mutationFn: async () => {
      await allSaved(store);
      await downloadRecord(token);
    },
  });
  return (
    <div className={styles.action}>
      <Button disabled={taking.isPending} onClick={() => taking.mutate()}>
        <Download size={14} aria-hidden /> Take everything
      </Button>
      <p>
        A ZIP with all that is kept of <bdi>{candidate}</bdi>, to hand to them when they ask for it: to read, and for
        programs.
        {!isWhole && " The other interviewers' scorecards are not open to you yet, so they are not in it."}
      </p>
      {taking.isError && <p role="alert">{taking.error.message}</p>}
    </div>
  );
}
