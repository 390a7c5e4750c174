import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { RequestRefused } from "../refusals.ts";

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 60_000, refetchOnWindowFocus: false, retry: 2 },
    // What is sent again goes under the same name, so the server carries it out once. A server that said no is not asked again.
    mutations: { retry: (failed, error) => failed < 2 && error instanceof RequestRefused && !error.isAnswer },
  },
});

/** Lets what is in it ask the server, with one memory for the whole page. */
export function Queries({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
