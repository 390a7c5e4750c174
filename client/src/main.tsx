import "./browser/schemas.ts";
import "./ui/base.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { pageHasBegun } from "./browser/beginning.ts";
import { fetching, partsHaveCome, watchStyles } from "./browser/parts.ts";
import { tolerateStrangers } from "./browser/strangers.ts";
import { watchTyping } from "./browser/typed.ts";
import { router } from "./router.tsx";

pageHasBegun();
tolerateStrangers();
watchStyles();
watchTyping();

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
      <RouterProvider router={router} />
    </StrictMode>,
  );
}
