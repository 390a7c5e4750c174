import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { LIMITS } from "@whetstone/shared/room/limits";
import { asName } from "@whetstone/shared/visible";
import { type FormEvent, useRef, useState } from "react";
import { serverInfo } from "../../api/rooms.ts";
import { hostKey, keepHostKey, keepLastName, lastName } from "../../browser/remembered.ts";
import { tellUnsaved, useTellUnsaved } from "../../browser/unsaved.ts";
import { asksForKey } from "../../refusals.ts";
import { SiteHeader } from "../../site/SiteHeader.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { Field, fieldStyles, Input } from "../../ui/Field.tsx";
import { useFaults } from "../../ui/faults.ts";
import { HostKeyField } from "../../ui/HostKeyField.tsx";
import { nameFault } from "../../ui/name-fault.ts";
import { PageHeading } from "../../ui/PageHeading.tsx";
import { openPractice } from "./opening.ts";
import styles from "./StartPage.module.css";
import { WishesFields } from "./WishesFields.tsx";
import { FIRST_WISHES } from "./wishes.ts";

export const WithSomebodyPage = () => <StartPage isAlone={false} />;
export const AlonePage = () => <StartPage isAlone />;

/** One page, two names, one link to send: a room for people who practise with each other, or for one alone. */
function StartPage({ isAlone }: { isAlone: boolean }) {
  const navigate = useNavigate();
  const info = useQuery({ queryKey: ["info"], queryFn: serverInfo });
  const [names, setNames] = useState({ own: lastName(), partners: [""] });
  const [wishes, setWishes] = useState(FIRST_WISHES);
  // A page from which one question is to be practised names it.
  const only = useLocation({ select: ({ search }) => (isAlone ? oneIn(search) : null) });
  const [key, setKey] = useState(hostKey() ?? "");
  const form = useRef<HTMLFormElement>(null);
  const { faults: wrong, found, mending } = useFaults(form);
  const canRead = info.data !== undefined && (!info.data.keyRequired || (hostKey() ?? "") !== "");
  const opening = useMutation({
    mutationFn: (request: Parameters<typeof openPractice>[0]) => openPractice(request, key.trim() || null),
    onSuccess: (roomId) => {
      tellUnsaved(UNSAVED, false);
      void navigate({ to: "/room/$roomId", params: { roomId } });
    },
  });
  // The name of one's own is filled in, or is the same the next time.
  useTellUnsaved(UNSAVED, !isAlone && names.partners.some((name) => name.trim() !== "") && !opening.isSuccess);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const own = names.own.trim();
    const partners = isAlone ? [] : names.partners.map((name) => name.trim());
    const missing = {
      ...faultAt("own", nameFault(own, LIMITS.name, "Write your name.")),
      ...Object.assign(
        {},
        ...partners.map((name, index) => faultAt(`partner${index}`, nameFault(name, LIMITS.name, "Write their name."))),
      ),
    };
    found(missing);
    if (Object.keys(missing).length > 0) return;
    if (key.trim()) keepHostKey(key.trim());
    keepLastName(asName(own));
    const people = { hostName: asName(own), partners: partners.map(asName) };
    opening.mutate({ ...people, wishes: only === null ? wishes : { ...wishes, only: [only] } });
  };
  const setOwn = (own: string) => {
    setNames({ ...names, own });
    mending(["own"]);
  };
  const setPartner = (index: number, name: string) => {
    setNames({ ...names, partners: names.partners.map((other, at) => (at === index ? name : other)) });
    mending([`partner${index}`]);
  };

  return (
    <div className={styles.page}>
      <title>{`${isAlone ? "Practise alone" : "Practise with somebody"} · Whetstone`}</title>
      <SiteHeader
        actions={
          <Link
            to={isAlone ? "/practice" : "/practice/alone"}
            activeOptions={{ exact: true }}
            className={buttonClass({ look: "quiet" })}
          >
            {isAlone ? "With somebody" : "Alone"}
          </Link>
        }
      />
      <main className={styles.main}>
        <div>
          <PageHeading>{isAlone ? "Practise alone" : "Practise with somebody"}</PageHeading>
          <p className={styles.lead}>
            {isAlone
              ? "The room asks, you answer aloud and on the sheet, against the clock. Then you uncover what a strong answer holds, and rate yourself."
              : "You interview each other, one after the other: as many questions, of the same level, for the same time. The questions are dealt from the bank, and nobody sees beforehand what they will be asked."}
          </p>
          {!isAlone && info.data?.findsPartners && (
            <p className={styles.lead}>
              Nobody to practise with? <Link to="/practice/find">Find a partner</Link>
            </p>
          )}
        </div>
        <form ref={form} onSubmit={submit} className={styles.form} noValidate>
          {info.data?.keyRequired && (
            <HostKeyField
              value={key}
              doing="opening a room"
              error={asksForKey(opening.error) ? "That is not this server's host key." : undefined}
              onChange={setKey}
            />
          )}
          <div className={styles.names}>
            <Field label="Your name" error={wrong.own} hint={isAlone ? undefined : "You ask first."}>
              <Input
                className={fieldStyles.input ?? ""}
                value={names.own}
                autoComplete="name"
                autoFocus={names.own === ""}
                onChange={({ target }) => setOwn(target.value)}
              />
            </Field>
            {!isAlone &&
              names.partners.map((name, index) => (
                <Field
                  // biome-ignore lint/suspicious/noArrayIndexKey: a partner is known by their place alone
                  key={index}
                  label={index === 0 ? "Who you practise with" : `Person ${index + 2}`}
                  error={wrong[`partner${index}`]}
                  hint={
                    index === 0
                      ? "You get a link to send them."
                      : "They get one too, and listen and rate until it is their turn."
                  }
                >
                  <Input
                    className={fieldStyles.input ?? ""}
                    value={name}
                    autoComplete="off"
                    autoFocus={index === 0 && names.own !== ""}
                    onChange={({ target }) => setPartner(index, target.value)}
                  />
                </Field>
              ))}
          </div>
          {!isAlone && (
            <p className={styles.more}>
              {names.partners.length < PARTNERS_MOST && (
                <Button look="quiet" onClick={() => setNames({ ...names, partners: [...names.partners, ""] })}>
                  Another person
                </Button>
              )}
              {names.partners.length > 1 && (
                <Button look="quiet" onClick={() => setNames({ ...names, partners: names.partners.slice(0, -1) })}>
                  One fewer
                </Button>
              )}
            </p>
          )}
          {only === null ? (
            <WishesFields
              wishes={wishes}
              people={isAlone ? 1 : names.partners.length + 1}
              canRead={canRead}
              onWish={setWishes}
            />
          ) : (
            <p className={styles.one}>
              One question, which you chose. <Link to="/practice/alone">Choose differently</Link>
            </p>
          )}
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

/** The place of what is written in the form until the room is open. */
const UNSAVED = "form.practice";

const faultAt = (field: string, fault: string | undefined): Record<string, string> =>
  fault === undefined ? {} : { [field]: fault };

const PARTNERS_MOST = 3;

function oneIn(search: Readonly<Record<string, unknown>>): string | null {
  const { question } = search;
  return typeof question === "string" && question !== "" ? question : null;
}
