import type { ComponentType } from "react";
import { fetching } from "../browser/parts.ts";

const fetchQueries = fetching(() => import("./Queries.tsx"));

/** A component that asks the server, with what it asks by. That comes late, as whoever is on their way into a room needs none of it. */
export async function withQueries<Props extends object>(
  coming: ComponentType<Props> | Promise<ComponentType<Props>>,
): Promise<ComponentType<Props>> {
  const [Asking, { Queries }] = await Promise.all([coming, fetchQueries()]);
  return (props) => (
    <Queries>
      <Asking {...props} />
    </Queries>
  );
}
