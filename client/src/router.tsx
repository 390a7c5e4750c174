import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  stringifySearchWith,
} from "@tanstack/react-router";
import { readCompareAddress } from "./across/address.ts";
import { joinedList, readAddress } from "./bank/address.ts";
import { Message } from "./ui/Message.tsx";

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: () => (
    <Message title="There is nothing at this address">Check that the whole link was copied.</Message>
  ),
  errorComponent: () => (
    <Message title="This page failed">Reload it; what you typed is kept in this browser and will be sent.</Message>
  ),
});

// Each page is loaded when it is opened, so that a candidate's browser never holds an interviewer's code.
const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./home/HomePage.tsx"), "HomePage"),
});
const open = createRoute({
  getParentRoute: () => root,
  path: "/new",
  component: lazyRouteComponent(() => import("./home/OpenRoomPage.tsx"), "OpenRoomPage"),
});
const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("./join/JoinPage.tsx"), "JoinPage"),
});
export const roomRoute = createRoute({
  getParentRoute: () => root,
  path: "/room/$roomId",
  component: lazyRouteComponent(() => import("./room/RoomPage.tsx"), "RoomPage"),
});
const feedback = createRoute({
  getParentRoute: () => root,
  path: "/feedback",
  component: lazyRouteComponent(() => import("./feedback/FeedbackLinkPage.tsx"), "FeedbackLinkPage"),
});

const bank = createRoute({
  getParentRoute: () => root,
  path: "/bank",
  validateSearch: readAddress,
  component: lazyRouteComponent(() => import("./bank/BankPage.tsx"), "BankPage"),
});
const question = createRoute({
  getParentRoute: () => root,
  path: "/bank/questions/$questionId",
  component: lazyRouteComponent(() => import("./bank/QuestionPage.tsx"), "QuestionPage"),
});
const questionUse = createRoute({
  getParentRoute: () => root,
  path: "/bank/questions/$questionId/use",
  component: lazyRouteComponent(() => import("./across/QuestionUsePage.tsx"), "QuestionUsePage"),
});
const compare = createRoute({
  getParentRoute: () => root,
  path: "/compare",
  validateSearch: readCompareAddress,
  component: lazyRouteComponent(() => import("./across/ComparePage.tsx"), "ComparePage"),
});
const coverage = createRoute({
  getParentRoute: () => root,
  path: "/bank/coverage",
  component: lazyRouteComponent(() => import("./bank/CoveragePage.tsx"), "CoveragePage"),
});
const ownQuestions = createRoute({
  getParentRoute: () => root,
  path: "/bank/own",
  component: lazyRouteComponent(() => import("./bank/own/OwnQuestionsPage.tsx"), "OwnQuestionsPage"),
});
const editQuestion = createRoute({
  getParentRoute: () => root,
  path: "/bank/own/$questionId",
  component: lazyRouteComponent(() => import("./bank/own/EditQuestionPage.tsx"), "EditQuestionPage"),
});
const importPack = createRoute({
  getParentRoute: () => root,
  path: "/bank/import",
  component: lazyRouteComponent(() => import("./bank/own/ImportPage.tsx"), "ImportPage"),
});
const kits = createRoute({
  getParentRoute: () => root,
  path: "/kits",
  component: lazyRouteComponent(() => import("./bank/own/KitsPage.tsx"), "KitsPage"),
});
const kit = createRoute({
  getParentRoute: () => root,
  path: "/kits/$kitId",
  component: lazyRouteComponent(() => import("./bank/own/KitPage.tsx"), "KitPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    open,
    join,
    roomRoute,
    feedback,
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
