import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { KitSummary } from "@whetstone/shared/bank-wire";
import { LIMITS } from "@whetstone/shared/room/limits";
import { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import { OpenRoomRequest } from "@whetstone/shared/rooms-wire";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { kits } from "../api/bank.ts";
import { openRoom, serverInfo } from "../api/rooms.ts";
import { hostKey, keepHostKey, keepLastName, lastName } from "../browser/remembered.ts";
import { tellUnsaved, useTellUnsaved } from "../browser/unsaved.ts";
import { asksForKey } from "../refusals.ts";
import { Button } from "../ui/Button.tsx";
import { Field, fieldStyles, Input } from "../ui/Field.tsx";
import { useFaults } from "../ui/faults.ts";
import { HostKeyField } from "../ui/HostKeyField.tsx";
import { Logo } from "../ui/Logo.tsx";
import { NamesField, namesIn } from "../ui/NamesField.tsx";
import { PageHeading } from "../ui/PageHeading.tsx";
import { POLICY_NAMES } from "../words.ts";
import styles from "./OpenRoomPage.module.css";
import { remember, sentences } from "./opening.ts";

const MINUTES = [25, 30, 45, 60, 90] as const;
/** The place of what is written in the form until the room is open. */
const UNSAVED = "form.new-room";

/** Chooses the kit that the address names, once the kits are known; says whether it is missing among them. */
function useWantedKit(known: readonly KitSummary[] | undefined, choose: (kitId: string) => void): boolean {
  const { kit } = useSearch({ from: "/new" });
  const isKnown = known?.some(({ id }) => id === kit) ?? false;
  const latest = useRef(choose);
  latest.current = choose;
  useEffect(() => {
    if (kit !== undefined && isKnown) latest.current(kit);
  }, [kit, isKnown]);
  return kit !== undefined && known !== undefined && !isKnown;
}

export function OpenRoomPage() {
  const navigate = useNavigate();
  const info = useQuery({ queryKey: ["info"], queryFn: serverInfo });
  const [form, setForm] = useState({
    hostName: lastName(),
    title: "",
    candidateName: "",
    forRole: "",
    interviewers: "",
    kitId: "",
    minutes: 45,
    blindPolicy: "after_own" as BlindPolicy,
    interviewersAsk: false,
    marks: false,
  });
  const [key, setKey] = useState(hostKey() ?? "");
  const kitList = useQuery({
    queryKey: ["kits", key.trim()],
    queryFn: () => kits(key.trim() || null),
    enabled: info.data !== undefined && (!info.data.keyRequired || key.trim() !== ""),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const page = useRef<HTMLFormElement>(null);
  const { faults: errors, found, mending } = useFaults(page);
  const set = (change: Partial<typeof form>) => {
    setForm({ ...form, ...change });
    mending(Object.keys(change));
  };

  const opening = useMutation({
    mutationFn: (request: OpenRoomRequest) => openRoom(request, key.trim() || null),
    onSuccess: (opened, request) => {
      remember(opened, request);
      tellUnsaved(UNSAVED, false);
      void navigate({ to: "/room/$roomId", params: { roomId: opened.roomId } });
    },
  });

  const { title, candidateName, forRole, interviewers } = form;
  // The role may come from the kit, which is chosen again in a moment.
  const kitRole = kitList.data?.find(({ id }) => id === form.kitId)?.role;
  const typed = [title, candidateName, forRole === kitRole ? "" : forRole, interviewers];
  useTellUnsaved(UNSAVED, typed.some((text) => text.trim() !== "") && !opening.isSuccess);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const request = OpenRoomRequest.safeParse({
      ...form,
      candidateName: form.candidateName.trim() || null,
      forRole: form.forRole.trim() || null,
      kitId: form.kitId || null,
      interviewersAsk: form.interviewersAsk || undefined,
      marks: form.marks || undefined,
      interviewers: namesIn(form.interviewers),
    });
    if (!request.success) return found(sentences(request.error.issues, form));
    found({});
    if (key.trim()) keepHostKey(key.trim());
    keepLastName(request.data.hostName);
    opening.mutate(request.data);
  };
  const chosenKit = kitList.data?.find(({ id }) => id === form.kitId);
  const chooseKit = (kitId: string) => {
    const kit = kitList.data?.find(({ id }) => id === kitId);
    set(kit ? { kitId, minutes: kit.minutes, forRole: form.forRole || kit.role } : { kitId });
  };
  const isMissing = useWantedKit(kitList.data, chooseKit);

  return (
    <div className={styles.page}>
      <title>Open a room · Whetstone</title>
      <header className={styles.header}>
        <Link to="/" className={styles.home ?? ""} aria-label="Whetstone, your rooms">
          <Logo />
        </Link>
      </header>
      <main className={styles.main}>
        <PageHeading>Open a room</PageHeading>
        <form ref={page} onSubmit={submit} className={styles.form} noValidate>
          {info.data?.keyRequired && (
            <HostKeyField
              value={key}
              doing="opening a room"
              error={asksForKey(opening.error) ? "That is not this server's host key." : undefined}
              onChange={setKey}
            />
          )}
          <div className={styles.two}>
            <Field label="Your name" error={errors.hostName} hint="The candidate sees who they wait for.">
              <Input
                className={fieldStyles.input ?? ""}
                value={form.hostName}
                autoComplete="name"
                autoFocus={form.hostName === ""}
                onChange={(event) => set({ hostName: event.target.value })}
              />
            </Field>
            <Field label="Title" error={errors.title} hint="The candidate sees it too.">
              <Input
                className={fieldStyles.input ?? ""}
                value={form.title}
                autoFocus={form.hostName !== ""}
                placeholder="Technical interview"
                onChange={(event) => set({ title: event.target.value })}
              />
            </Field>
            <Field label="Candidate's name (optional)" error={errors.candidateName}>
              <Input
                className={fieldStyles.input ?? ""}
                value={form.candidateName}
                autoComplete="off"
                onChange={(event) => set({ candidateName: event.target.value })}
              />
            </Field>
            <Field label="Role or team (optional)" error={errors.forRole}>
              <Input
                className={fieldStyles.input ?? ""}
                value={form.forRole}
                onChange={(event) => set({ forRole: event.target.value })}
              />
            </Field>
          </div>
          <NamesField
            label="Interviewers (optional)"
            hint="One name a line. Each gets a link of their own; you can add more in the lobby."
            value={form.interviewers}
            error={errors.interviewers}
            onChange={(interviewers) => set({ interviewers })}
          />

          <fieldset className={styles.choices}>
            <legend>Plan</legend>
            <div className={styles.kits}>
              <Choice name="kit" checked={form.kitId === ""} onChoose={() => chooseKit("")} title="Empty">
                Ask from the bank as you go
              </Choice>
              {kitList.data?.map((kit) => (
                <Choice
                  key={kit.id}
                  name="kit"
                  checked={form.kitId === kit.id}
                  onChoose={() => chooseKit(kit.id)}
                  title={kit.title}
                >
                  {`${kit.minutes} min${kit.own ? " · your own" : ""}`}
                </Choice>
              ))}
            </div>
            <p className={styles.about} aria-live="polite">
              {isMissing && form.kitId === "" && "The kit that you came from is not among these. "}
              {chosenKit?.description ?? "Choose questions in the lobby, or ask from the bank as you go."}
            </p>
            {info.data?.keyRequired && key.trim() === "" && <p>The kits appear here when the host key is given.</p>}
            {kitList.isError && <p role="alert">{kitList.error.message}</p>}
          </fieldset>

          <fieldset className={styles.minutes}>
            <legend>Minutes</legend>
            {MINUTES.map((minutes) => (
              <label key={minutes} className={styles.chip}>
                <input
                  type="radio"
                  name="minutes"
                  checked={form.minutes === minutes}
                  onChange={() => set({ minutes })}
                />
                {minutes}
              </label>
            ))}
            <label className={styles.other}>
              <span className="visually-hidden">Another number of minutes</span>
              <input
                type="number"
                className={fieldStyles.input}
                min={10}
                max={LIMITS.minutes}
                value={form.minutes}
                aria-invalid={errors.minutes !== undefined}
                onChange={(event) => set({ minutes: event.target.valueAsNumber || 0 })}
              />
            </label>
            {errors.minutes && <p role="alert">{errors.minutes}</p>}
          </fieldset>

          <fieldset className={styles.choices}>
            <legend>When interviewers see each other's scorecards</legend>
            {BlindPolicy.options.map((policy) => (
              <Choice
                key={policy}
                name="policy"
                checked={form.blindPolicy === policy}
                onChoose={() => set({ blindPolicy: policy })}
                title={POLICY_NAMES[policy].name}
              >
                {POLICY_NAMES[policy].meaning}
              </Choice>
            ))}
          </fieldset>

          <fieldset className={styles.choices}>
            <legend>Who asks</legend>
            <Choice
              name="asks"
              checked={!form.interviewersAsk}
              onChoose={() => set({ interviewersAsk: false })}
              title="Hosts"
            >
              Interviewers ask what is assigned to them. You can change this at any time.
            </Choice>
            <Choice
              name="asks"
              checked={form.interviewersAsk}
              onChoose={() => set({ interviewersAsk: true })}
              title="Hosts and interviewers"
            >
              Whoever of the panel has the next question asks it, from the plan, the bank, or in their own words.
            </Choice>
          </fieldset>

          <fieldset className={styles.choices}>
            <legend>What is noted of the candidate</legend>
            <label className={styles.choice}>
              <input type="checkbox" checked={form.marks} onChange={({ target }) => set({ marks: target.checked })} />
              <span>
                <b>Note large pastes and when the candidate leaves the page</b>
                <small>
                  The candidate is told before they join. You see it in the playback of an answer, and so do they.
                  Nothing else is watched.
                </small>
              </span>
            </label>
          </fieldset>

          <div className={styles.submit}>
            <Button type="submit" look="primary" large disabled={opening.isPending}>
              {opening.isPending ? "Opening…" : "Open the room"}
            </Button>
            {opening.isError && !asksForKey(opening.error) && <p role="alert">{opening.error.message}</p>}
          </div>
        </form>
      </main>
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly title: string;
  readonly children: string;
}

function Choice({ name, checked, onChoose, title, children }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span>
        <b>{title}</b>
        <small>{children}</small>
      </span>
    </label>
  );
}
