import { useQuery } from "@tanstack/react-query";
import { bank } from "../../api.ts";
import { useRoomContext } from "../context.tsx";

/** The bank's questions, with their rubrics: only for hosts and interviewers. */
export function useBank() {
  const { token } = useRoomContext();
  return useQuery({ queryKey: ["bank", token], queryFn: () => bank(token), staleTime: Number.POSITIVE_INFINITY });
}
