import type { AgreementReport } from "@whetstone/shared/agreement/agreement";
import type { ReactNode } from "react";
import { Section } from "../ui/Section.tsx";
import { plural, scoreText } from "../words.ts";
import styles from "./Agreement.module.css";
import { SeverityPlot } from "./SeverityPlot.tsx";
import { alphaMeaning, figureText, iccMeaning, percentText } from "./sentences.ts";

type Enough = Extract<AgreementReport, { enough: true }>;

/** How far raters agree, in figures that each say what they mean; or that there is too little to say. */
export function AgreementSection({ report, of }: { report: AgreementReport; of: string }) {
  return (
    <Section title="How far the raters agree" hint={`on ${of}, before they had read each other`}>
      {report.enough ? <Figures report={report} /> : <TooLittle {...report} />}
      <p className={styles.source}>
        Made from the first version of each scorecard: later ones are written by people who may have read the others.
        Raters are told apart by their names; capitals make no difference, another spelling makes another person.
      </p>
    </Section>
  );
}

function TooLittle({ doublyRated, needed }: Extract<AgreementReport, { enough: false }>) {
  return (
    <p className={styles.tooLittle}>
      <b>
        There is too little to say: {doublyRated} of {needed} candidates rated by two or more.
      </b>{" "}
      With so few, one more candidate could turn any figure round, so none is shown.
    </p>
  );
}

function Figures({ report }: { report: Enough }) {
  const { doublyRated, observations, units, raters, severity, pairs } = report;
  return (
    <>
      <p className={styles.basis}>
        From {plural(observations, "level")} that {plural(raters, "rater")} gave on{" "}
        {plural(units, "criterion", "criteria")} of {plural(doublyRated, "candidate")}; only criteria that two or more
        rated count.
      </p>
      <div className={styles.figures}>
        <AlphaFigure {...report} />
        <IccFigure icc={report.icc} />
      </div>
      <h3>Who is lenient, who is severe</h3>
      <p className={styles.meaning}>
        A rater’s levels beside those of the others on the same answers: right of the line higher, left of it lower. The
        bar is where the true difference probably lies; one that touches the line may be chance.
      </p>
      <SeverityPlot severity={severity} />
      <details className={styles.pairs}>
        <summary>{plural(pairs.length, "pair of raters", "pairs of raters")}</summary>
        <PairTable pairs={pairs} />
      </details>
    </>
  );
}

function AlphaFigure({ alpha: { ordinal, interval, nominal }, observations }: Enough) {
  if (!ordinal) {
    return (
      <Figure name="Krippendorff’s alpha" value="–">
        Every level is the same, so agreement cannot be told from habit.
      </Figure>
    );
  }
  const others = [
    interval && `${figureText(interval.value)} with levels taken as equal steps`,
    nominal && `${figureText(nominal.value)} with levels taken as mere names`,
  ].filter(Boolean);
  return (
    <Figure
      name="Krippendorff’s alpha"
      value={figureText(ordinal.value)}
      range={`${figureText(ordinal.low)} to ${figureText(ordinal.high)} (95% interval), n = ${observations}`}
    >
      How far the raters agree beyond chance: 1 is always, 0 is no more than dice. {alphaMeaning(ordinal.value)}
      {others.length > 0 && <small>Levels are taken in their order; {others.join(", ")}.</small>}
    </Figure>
  );
}

function IccFigure({ icc }: Pick<Enough, "icc">) {
  const single = icc && (icc.form === "two_way" ? icc.single.twoWayRandom : icc.single);
  if (!icc || single === null) {
    return (
      <Figure name="Intraclass correlation" value="–">
        The candidates’ mean levels do not differ enough to compute it.
      </Figure>
    );
  }
  const average = icc.form === "two_way" ? icc.average.twoWayRandom : icc.average;
  const raters = icc.form === "two_way" ? String(icc.raters) : icc.ratersPerCandidate.toFixed(1);
  return (
    <Figure
      name="Intraclass correlation"
      value={figureText(single)}
      range={`${icc.form === "two_way" ? "ICC(2,1)" : "ICC(1,1)"}, n = ${plural(icc.candidates, "candidate")}`}
    >
      How much of the difference between candidates’ mean levels lies in the candidates and not in who rated them: 1 is
      all of it. For one rater alone that is {iccMeaning(single)}.
      {average !== null && (
        <small>
          For the mean of {raters} raters it is {figureText(average)}, {iccMeaning(average)}.{" "}
          {icc.form === "one_way" && "The one-way form, as not every candidate had the same raters."}
        </small>
      )}
    </Figure>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly range?: string;
  readonly children: ReactNode;
}

/** A figure with its name, how sure it is, and what it means. */
export function Figure({ name, value, range, children }: FigureProps) {
  return (
    <div className={styles.figure}>
      <h3>{name}</h3>
      <p className={styles.value}>
        <b>{value}</b>
        {range && <span>{range}</span>}
      </p>
      <p className={styles.meaning}>{children}</p>
    </div>
  );
}

function PairTable({ pairs }: Pick<Enough, "pairs">) {
  return (
    <>
      <p className={styles.meaning}>
        Kappa is agreement beyond chance as above, for two people, where two levels apart count four times as much as
        one.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Raters</th>
            <th scope="col">Criteria both rated</th>
            <th scope="col">Levels apart, on average</th>
            <th scope="col">Same level</th>
            <th scope="col">Weighted kappa</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map(({ raters: [one, other], units, meanAbsoluteDifference, exactAgreement, kappa }) => (
            <tr key={`${one}\n${other}`}>
              <th scope="row">
                <bdi>{one}</bdi> and <bdi>{other}</bdi>
              </th>
              <td>{units}</td>
              <td>{scoreText(meanAbsoluteDifference)}</td>
              <td>{percentText(exactAgreement)}</td>
              <td>{kappa === null ? "–" : figureText(kappa)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
