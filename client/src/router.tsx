import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from "@tanstack/react-router";
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

export const router = createRouter({ routeTree: root.addChildren([home, open, join, roomRoute]) });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
