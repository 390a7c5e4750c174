import type { ComponentType } from "react";

/** A component that asks the server, with what it asks by. That comes late, as whoever is on their way into a room needs none of it. */
export async function withQueries<Props extends object>(
  coming: ComponentType<Props> | Promise<ComponentType<Props>>,
): Promise<ComponentType<Props>> {
  const [Asking, { Queries }] = await Promise.all([coming, import("./Queries.tsx")]);
  return (props) => (
    <Queries>
      <Asking {...props} />
    </Queries>
  );
}
