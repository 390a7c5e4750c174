import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  stringifySearchWith,
  useMatchRoute,
} from "@tanstack/react-router";
import type { ComponentType } from "react";
import { withQueries } from "./api/with-queries.tsx";
import { joinedList, readAddress } from "./bank/address.ts";
import { useNewVersion } from "./browser/new-version.ts";
import { fetching, PartMissing } from "./browser/parts.ts";
import { asPasted } from "./browser/pasted.ts";
import { readCompareAddress } from "./compare/address.ts";
import { readOpenRoomAddress } from "./home/address.ts";
import { JoinPage } from "./join/JoinPage.tsx";
import { Announcer } from "./ui/Announcer.tsx";
import { LeaveGuard } from "./ui/LeaveGuard.tsx";
import { Message } from "./ui/Message.tsx";
import { NewVersionCorner } from "./ui/NewVersion.tsx";
import { MissingPage } from "./ui/Part.tsx";
import { StorageBand } from "./ui/StorageNotice.tsx";

/** Whatever page is open; a room says in its own corner that there is a new version of it. */
function Root() {
  const isInRoom = useMatchRoute()({ to: "/room/$roomId" }) !== false;
  const isNewVersion = useNewVersion();
  return (
    <>
      {!isInRoom && <StorageBand />}
      <Outlet />
      <LeaveGuard />
      <Announcer />
      {isNewVersion && !isInRoom && <NewVersionCorner />}
    </>
  );
}

const root = createRootRoute({
  component: Root,
  notFoundComponent: () => (
    <Message title="There is nothing at this address">Check that the whole link was copied.</Message>
  ),
  errorComponent: ({ error }) =>
    error instanceof PartMissing ? (
      <MissingPage missing={error} onRetry={() => void router.invalidate()} />
    ) : (
      <Message title="This page failed">Reload it; what you typed is kept in this browser and will be sent.</Message>
    ),
});

/** A page that is fetched when it is opened, so that a candidate's browser never holds an interviewer's code. */
function page<Name extends string>(importPage: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return latePage(async () => withQueries((await importPage())[name]));
}

const latePage = (importPage: () => Promise<ComponentType>) =>
  lazyRouteComponent(fetching(async () => ({ default: await importPage() })));

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: page(() => import("./home/HomePage.tsx"), "HomePage"),
});
const open = createRoute({
  getParentRoute: () => root,
  path: "/new",
  validateSearch: readOpenRoomAddress,
  component: page(() => import("./home/OpenRoomPage.tsx"), "OpenRoomPage"),
});
const practice = createRoute({
  getParentRoute: () => root,
  path: "/practice",
  component: page(() => import("./practice/start/StartPage.tsx"), "WithSomebodyPage"),
});
const practiceAlone = createRoute({
  getParentRoute: () => root,
  path: "/practice/alone",
  component: page(() => import("./practice/start/StartPage.tsx"), "AlonePage"),
});
const findPartner = createRoute({
  getParentRoute: () => root,
  path: "/practice/find",
  component: page(() => import("./practice/find/FindPage.tsx"), "FindPage"),
});
const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  // Whoever follows a link has nothing of the page yet, so this comes with the first of it.
  component: JoinPage,
});
export const roomRoute = createRoute({
  getParentRoute: () => root,
  path: "/room/$roomId",
  params: { parse: ({ roomId }) => ({ roomId: asPasted(roomId) }) },
  component: latePage(async () => (await import("./room/RoomPage.tsx")).RoomPage),
});
const feedback = createRoute({
  getParentRoute: () => root,
  path: "/feedback",
  component: page(() => import("./letter/FeedbackLinkPage.tsx"), "FeedbackLinkPage"),
});
const practiceHistory = createRoute({
  getParentRoute: () => root,
  path: "/practice/history",
  component: page(() => import("./practice/history/HistoryPage.tsx"), "HistoryPage"),
});

const bank = createRoute({
  getParentRoute: () => root,
  path: "/bank",
  validateSearch: readAddress,
  component: page(() => import("./bank/BankPage.tsx"), "BankPage"),
});
const question = createRoute({
  getParentRoute: () => root,
  path: "/bank/questions/$questionId",
  params: { parse: ({ questionId }) => ({ questionId: asPasted(questionId) }) },
  component: page(() => import("./bank/QuestionPage.tsx"), "QuestionPage"),
});
const questionUse = createRoute({
  getParentRoute: () => root,
  path: "/bank/questions/$questionId/use",
  component: page(() => import("./compare/QuestionUsePage.tsx"), "QuestionUsePage"),
});
const compare = createRoute({
  getParentRoute: () => root,
  path: "/compare",
  validateSearch: readCompareAddress,
  component: page(() => import("./compare/ComparePage.tsx"), "ComparePage"),
});
const coverage = createRoute({
  getParentRoute: () => root,
  path: "/bank/coverage",
  component: page(() => import("./bank/CoveragePage.tsx"), "CoveragePage"),
});
const ownQuestions = createRoute({
  getParentRoute: () => root,
  path: "/bank/own",
  component: page(() => import("./authoring/question/YourQuestionsPage.tsx"), "YourQuestionsPage"),
});
const editQuestion = createRoute({
  getParentRoute: () => root,
  path: "/bank/own/$questionId",
  params: { parse: ({ questionId }) => ({ questionId: asPasted(questionId) }) },
  component: page(() => import("./authoring/question/EditQuestionPage.tsx"), "EditQuestionPage"),
});
const importPack = createRoute({
  getParentRoute: () => root,
  path: "/bank/import",
  component: page(() => import("./authoring/import/ImportPage.tsx"), "ImportPage"),
});
const kits = createRoute({
  getParentRoute: () => root,
  path: "/kits",
  component: page(() => import("./authoring/kit/KitsPage.tsx"), "KitsPage"),
});
const kit = createRoute({
  getParentRoute: () => root,
  path: "/kits/$kitId",
  params: { parse: ({ kitId }) => ({ kitId: asPasted(kitId) }) },
  component: page(() => import("./authoring/kit/KitPage.tsx"), "KitPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    open,
    practice,
    practiceAlone,
    findPartner,
    join,
    roomRoute,
    feedback,
    practiceHistory,
    bank,
    question,
    questionUse,
    compare,
    coverage,
    ownQuestions,
    editQuestion,
    importPack,
    kits,
    kit,
  ]),
  scrollRestoration: true,
  // Addresses are read and shared by people, so a list in them is words and not JSON.
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(joinedList),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
