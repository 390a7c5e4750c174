import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ComparedGroup, Comparison } from "@whetstone/shared/comparison/compare";
import type { HeldRooms } from "../browser/held.ts";
import { SiteHeader } from "../site/SiteHeader.tsx";
import { PageHeading } from "../ui/PageHeading.tsx";
import { plural } from "../words.ts";
import { AgreementSection } from "./Agreement.tsx";
import { BESIDE, besideOf, joinedRooms } from "./address.ts";
import { Beside } from "./Beside.tsx";
import { Candidates } from "./Candidates.tsx";
import styles from "./ComparePage.module.css";
import { useComparison } from "./queries.ts";
import { Reading } from "./Reading.tsx";
import { groupName } from "./sentences.ts";

/** The candidates of one kit or role on the same criteria and the same scale, and how far their raters agree. */
export function ComparePage() {
  const across = useComparison();
  return (
    <div className={styles.page}>
      <title>Compare candidates · Whetstone</title>
      <SiteHeader actions={null} />
      <main className={styles.main}>
        <div>
          <PageHeading>Compare candidates</PageHeading>
          <p className={styles.lead}>
            Everybody whom you interviewed with the same kit, on the same criteria and the same scale from 1 to 4.
          </p>
        </div>
        <Reading across={across}>{(comparison) => <Groups comparison={comparison} held={across.held} />}</Reading>
      </main>
    </div>
  );
}

function Groups({ comparison: { groups }, held }: { comparison: Comparison; held: HeldRooms }) {
  const address = useSearch({ from: "/compare" });
  const group =
    groups.find(({ key }) => key === address.of) ?? groups.find(({ candidates }) => candidates.length > 1) ?? groups[0];
  if (!group) return <p className={styles.quiet}>No scorecards are open to you yet.</p>;
  return (
    <>
      {groups.length > 1 && (
        <nav className={styles.groups} aria-label="Kits and roles">
          {groups.map((other) => (
            <Link
              key={other.key}
              to="/compare"
              search={{ of: other.key }}
              aria-current={other === group ? "true" : undefined}
            >
              <bdi>{groupName(other)}</bdi>
              <small>{plural(other.candidates.length, "candidate")}</small>
            </Link>
          ))}
        </nav>
      )}
      <Group key={group.key} group={group} chosen={besideOf(address)} held={held} />
    </>
  );
}

interface GroupProps {
  readonly group: ComparedGroup;
  /** The rooms whose candidates are to stand side by side. */
  readonly chosen: readonly string[];
  readonly held: HeldRooms;
}

function Group({ group, chosen, held }: GroupProps) {
  const navigate = useNavigate();
  const beside = group.candidates.filter(({ roomId }) => chosen.includes(roomId)).slice(0, BESIDE.most);
  if (beside.length >= BESIDE.fewest) return <Beside group={group} candidates={beside} held={held} />;
  return (
    <>
      <Candidates
        group={group}
        held={held}
        onBeside={(roomIds) =>
          void navigate({ to: "/compare", search: { of: group.key, beside: joinedRooms(roomIds) } })
        }
      />
      <AgreementSection report={group.agreement} of="these candidates" />
    </>
  );
}
