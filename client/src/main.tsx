import "./browser/schemas.ts";
import "./ui/base.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { fetching, partsHaveCome, watchStyles } from "./browser/parts.ts";
import { tolerateStrangers } from "./browser/strangers.ts";
import { watchTyping } from "./browser/typed.ts";
import { RequestRefused } from "./refusals.ts";
import { router } from "./router.tsx";

tolerateStrangers();
watchStyles();
watchTyping();

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 60_000, refetchOnWindowFocus: false, retry: 2 },
    // What is sent again goes under the same name, so the server carries it out once. A server that said no is not asked again.
    mutations: { retry: (failed, error) => failed < 2 && error instanceof RequestRefused && !error.isAnswer },
  },
});
// The words are there before their faces, which wait for what the first page needs.
const fetchFonts = fetching(() => import("./ui/fonts.ts"), { hasStandIn: true });
const leave = router.subscribe("onResolved", () => {
  leave();
  void partsHaveCome()
    .then(fetchFonts)
    .catch(() => {});
});

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
