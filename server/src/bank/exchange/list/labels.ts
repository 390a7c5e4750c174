/** How people mark what a line of their list is: a question, an answer to it, a hint. */

/** What stands below a question, by the label that begins it. */
export type Section = "prompt" | "hints" | "followUps" | "strongAnswer" | "redFlags";
type Labelled = Exclude<Section, "prompt">;

/** In English, German, French, Spanish, Portuguese, Italian, Russian, Ukrainian, Polish, Turkish, Chinese, Japanese, Korean, Arabic, Hebrew, Hindi. */
const WORDS: readonly (readonly [Labelled, string])[] = [
  [
    "strongAnswer",
    "(?:(?:show|see|view|reveal|click (?:here )?(?:to|for)(?: (?:see|view|reveal|show))?)(?: the)? )?(?:(?:an?|the|your|possible|expected|strong|good|model|sample|ideal|correct|right|short|long|brief|full|best|suggested|reference|example|official) )*(?:answers?|ans|solutions?|explanations?|responses?)(?: key)?(?: ?\\((?:s|es)\\))?|look(?:ing)? for|what (?:to|we|we['’]re|we are|i|i['’]m) (?:look(?:ing)?|listen(?:ing)?) for|(?:listen|watch) for|what (?:good|great|a (?:good|great|strong) answer) looks like|(?:strong|positive|good|weak|green) (?:signals?|signs?|flags?)|expect(?:ed|ations?)|ideal|bonus(?: points?)?|assessment|evaluation criteria|scoring (?:guide|rubric)|score|candidate|applicant|great answers?|good answers?|poor answers?|bad answers?|key ?points?|rationale|spoilers?|scoring|rubric|evaluation|notes? (?:for|to) (?:the )?(?:interviewer|panel)s?|interviewer(?:'s|s)? notes?" +
      "|(?:muster|beispiel)?(?:antwort|lösung)(?:en)?(?:svorschlag)?|(?:erwartete|mögliche|gute|richtige|korrekte|ideale|beispielhafte) (?:antwort|lösung)(?:en)?|erwartung(?:en|shorizont)?|bewertung(?:skriterien)?|stichpunkte|erklärung|(?:la |les )?réponses?|corrigé|correction|(?:éléments de |bonne |exemple de )?réponse(?:s)?(?: (?:attendue|type|possible|correcte|modèle)s?)?|éléments attendus|attendus?|à rechercher|grille|critères(?: d['’]évaluation)?|(?:la )?respuestas?(?: (?:esperada|correcta|modelo|ideal|posible)s?)?|se espera|qué (?:buscamos|buscar|evaluar)|criterios(?: de evaluación)?|señales positivas|solución(?:es)?|explicación|(?:a )?respostas?(?: (?:esperada|correta|modelo|ideal|possível)s?)?|espera-se|o que (?:avaliar|buscamos|procuramos|observar)|critérios(?: de avaliação)?|sinais positivos|solução|soluções|resolução|gabarito|rispost[ae](?: (?:attes[ae]|corrett[ae]|modello|ideal[ei]))?|cosa (?:cerchiamo|valutare)|criteri(?: di valutazione)?|segnali positivi|soluzion[ei]|spiegazione" +
      "|(?:пример(?:ный)? |правильный |ожидаемый |хороший |идеальный )?ответы?|ожидания|критери[ий](?: оценки)?|что (?:ищем|оцениваем|хотим услышать)|решение|пояснение|(?:правильна |очікувана |хороша )?відповід[ьі]|очікування|критерії(?: оцінки| оцінювання)?|на що звертати увагу|розв['’ʼ]язок|розв['’ʼ]язання|рішення|(?:przykładowa |oczekiwana |prawidłowa |poprawna )?odpowied(?:ź|zi)|odp\\.?|oczekiwania|kryteria(?: oceny)?|na co zwrócić uwagę|rozwiązani[ea]|wyjaśnienie|(?:doğru |örnek |beklenen )?(?:cevap(?:lar)?|cevabı?|yanıt(?:lar)?ı?)|çözüm|beklenti(?:ler)?|değerlendirme(?: kriterleri)?" +
      "|(?:参考|參考|标准|標準|正确|正確)?(?:答案|解答)|答|解析|回答|考察点|考点|评分标准|評分標準|要点|要點|关键点|参考要点|(?:評価|採点)(?:ポイント|基準)|期待(?:する|される)(?:回答|答え)|ポイント|(?:模範|模範的な|想定)?(?:解答|回答)例?|答え|正解|解説|(?:모범 ?)?(?:정답|답변|답안|해답|답)|해설|풀이|평가 ?(?:기준|포인트)|기대 ?(?:답변|하는 답변)|핵심 ?포인트" +
      "|(?:ال)?[إا]جاب(?:ة|ات)(?: (?:ال)?(?:نموذجية|صحيحة|متوقعة))?|(?:ال)?جواب|(?:ال)?حل|معايير (?:ال)?تقييم|ה?תשובה(?: ה?(?:נכונה|מצופה|רצויה))?|מה מחפשים|קריטריונים|תשובות|פתרון|פתרונות|(?:सही |अपेक्षित |आदर्श )?उत्तर|जवाब|हल|समाधान",
  ],
  [
    "hints",
    "hints?|tips?|clues?|hinweise?|tipps?|indices?|pistas?|dicas?|suggeriment[oi]|indizi?|подсказк[аи]|підказк[аи]|wskazówk[ai]|podpowied(?:ź|zi)|[iİ]puçları|[iİ]pucu|提示|线索|線索|ヒント|힌트|تلميح(?:ات)?|רמז(?:ים)?|संकेत",
  ],
  [
    "followUps",
    "follow[- ]?ups?(?: questions?)?|prob(?:es?|ing questions?)|nachfragen?|folgefragen?|anschlussfragen?|vertiefung(?:sfragen?)?|relances?|questions? de suivi|repreguntas?|(?:preguntas? de )?seguimiento|(?:perguntas? de )?(?:seguimento|acompanhamento)|domand[ae] di approfondimento|approfondiment[oi]|(?:уточняющи[ей]|дополнительны[ей]|доп\\.?) вопросы?|(?:додатков[іе]|уточнювальн[іе]) (?:за)?питання|pytani[ae] (?:dodatkowe|uzupełniające|pogłębiające)|takip soru(?:su|ları)|追问|追問|后续问题|後續問題|追加(?:の)?質問|深掘り|フォローアップ(?:質問)?|(?:후속|추가|꼬리) ?질문|أسئلة (?:ال)?متابعة|سؤال (?:ال)?متابعة|שאל(?:ת|ות) המשך|अनुवर्ती प्रश्न",
  ],
  [
    "redFlags",
    "red ?flags?|warnsignale?|alarmzeichen|signaux d['’]alarme|señales de alerta|sinais de alerta|segnali d['’]allarme|campanelli d['’]allarme|(?:тревожные|плохие) (?:сигналы|признаки)|красные флаги|(?:тривожні|погані) (?:сигнали|ознаки)|червоні прапор(?:ці|и)|czerwone flagi|sygnały ostrzegawcze|kırmızı bayrak(?:lar)?|uyarı işaretleri|危险信号|危險信號|红旗|减分项|危険信号|レッドフラグ|위험 ?신호|레드 ?플래그|علامات (?:حمراء|تحذير)|إشارات تحذير|דגל(?:ים)? אדו(?:ם|מים)|נור(?:ה|ות) אדומ(?:ה|ות)|खतरे के संकेत|लाल झंडे",
  ],
];

/** Words that stand before a question, with its number or a colon. */
const QUESTION =
  "questions?|interviewer|frage|aufgabe|pregunta|pergunta|questão|domanda|вопрос|задание|питання|запитання|завдання|pytanie|zadanie|soru|问题|問題|题目|題目|质问|質問|질문|문제|(?:ال)?سؤال|שאלה|प्रश्न|सवाल";
/** Single letters for question and answer, as in `Q:` and `A:`. */
const LETTERS: readonly (readonly [question: string, answer: string])[] = [
  ["q", "a"],
  ["ｑ", "ａ"],
  ["f", "a"],
  ["p", "r"],
  ["d", "r"],
  ["s", "c"],
  ["p", "o"],
  ["в", "о"],
  ["п", "в"],
  ["з", "в"],
  ["问", "答"],
  ["問", "答"],
  ["문", "답"],
  ["س", "ج"],
  ["ש", "ת"],
  ["प्र", "उ"],
];

/** Signs, emphasis and tags of HTML before a label and behind it. */
const BEFORE = "^(?:[\\s*_>]|</?(?:b|strong|em|i|u|p)>|\\p{Extended_Pictographic}|\\ufe0f)*(?:\\p{Nd}{1,3}[.)]\\s+)?";
const AFTER = "(?:[*_]|</?(?:b|strong|em|i|u)>)*";
const NUMBER = "(?:\\s*#?\\p{Nd}{1,4}[a-z]?)?";
const COLON = `\\s*(?:[:：]|[.．](?=[\\s*_]|$)|\\s[-–—](?=\\s))${AFTER}\\s*`;

/** A label with something behind it, or alone in its line. */
const labelPattern = (words: string): RegExp =>
  new RegExp(`${BEFORE}(?:${words})${NUMBER}${AFTER}(?:${COLON}|\\s*$)`, "iu");

const LABELS = WORDS.map(([section, words]) => [section, labelPattern(words)] as const);
/** Before a question the emphasis is told apart, as it may go on through the question. */
const questionPattern = (letters: string): RegExp =>
  new RegExp(
    `^(?:#{1,6}\\s+)?(\\*\\*|__)?(?:(?:${letters}|${QUESTION})\\s*#?\\p{Nd}{1,4}(?:\\s*(?:[-:.)–—]+(?=[\\s*_]|\\P{ASCII}|$)|[：．、）])|(?=\\s|$))|(?:${letters}|${QUESTION})\\s*(?:[:：．]|[.](?=[\\s*_]|\\P{ASCII})))(\\*\\*|__)?\\s*`,
    "iu",
  );

/** The section that a line opens, and the rest of the line. */
export interface Label {
  readonly section: Labelled;
  readonly rest: string;
}

/** The labels of one text. Single letters are labels where both of a pair begin lines of it. */
export class Labels {
  readonly #answer: RegExp;
  readonly #question: RegExp;

  constructor(text: string) {
    const begun = new Set<string>();
    for (const [, letter = ""] of text.matchAll(
      /^[\s*_>#-]{0,12}(\p{L}\p{M}*(?:\p{L}\p{M}*)?)\p{Nd}{0,4}[*_]{0,2}[:：.．)]/gmu,
    ))
      begun.add(letter.toLowerCase());
    const pairs = LETTERS.filter(([question, answer]) => begun.has(question) && begun.has(answer));
    this.#answer = new RegExp(
      `${BEFORE}(?:${["a", ...pairs.map(([, answer]) => answer)].join("|")})(?:\\p{Nd}{0,3}${AFTER}\\s*[:：]|\\p{Nd}{1,3}(?:[.](?=\\s|\\P{ASCII})|．))${AFTER}\\s*`,
      "iu",
    );
    this.#question = questionPattern(["q", ...pairs.map(([question]) => question)].join("|"));
  }

  labelled(line: string): Label | null {
    // A label is short, and no pattern looks at more.
    const begin = line.slice(0, 120);
    for (const [section, pattern] of LABELS) {
      const found = pattern.exec(begin);
      if (found) return { section, rest: line.slice(found[0].length).trim() };
    }
    const letter = this.#answer.exec(begin);
    return letter ? { section: "strongAnswer", rest: line.slice(letter[0].length).trim() } : null;
  }

  isNumbered(line: string): boolean {
    return this.#question.test(line.slice(0, 120));
  }

  /** A question as it is asked: without a number or a label before it, and not bold as a whole. */
  asAsked(text: string): string {
    const numbering = this.#question.exec(text);
    const isBoldThroughout = numbering?.[1] !== undefined && numbering[2] === undefined;
    const rest = numbering ? `${isBoldThroughout ? numbering[1] : ""}${text.slice(numbering[0].length)}` : text;
    const unnumbered = rest.replace(/^#{1,6}\s+/, "").replace(/^(\*\*|__)?\p{Nd}{1,3}(?:[.)]\s+|[、．）]\s*)/u, "$1");
    return withoutEmphasis(unnumbered);
  }
}

/** A text that is bold as a whole, without that. */
const withoutEmphasis = (text: string): string =>
  /^(\*\*\*|\*\*|__)(?!\s)((?:(?!\1).)+)\1$/su.exec(text.trim())?.[2]?.trim() ?? text.trim();
