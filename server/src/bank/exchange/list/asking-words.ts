/**
 * Words with which a sentence asks, in the languages that lists of questions come in: English, German, French, Spanish, Portuguese, Italian,
 * Russian, Ukrainian, Polish, Turkish, Hebrew, Arabic, Hindi; Chinese, Japanese and Korean, which have no spaces or ask at the end, stand below.
 */

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Imperatives that ask for words. */
export const TELLING: ReadonlySet<string> = new Set(
  words(`
    explain describe discuss define compare contrast list name give tell state outline summarize summarise differentiate distinguish
    elaborate illustrate mention identify walk talk share prove derive justify argue interpret comment characterize recall
    erkläre erklären erklärt beschreibe beschreiben diskutiere diskutieren definiere definieren vergleiche vergleichen nenne nennen nennt
    erläutere erläutern unterscheide unterscheiden begründe begründen schildere schildern
    expliquer expliquez explique décrire décrivez décris définir définissez définis comparez comparer discutez citer citez nommez énumérez donnez présentez
    justifiez parlez racontez raconte présentez-vous cuente cuéntame cuénteme háblame hábleme fale-me conte conte-me parlami raccontami racconta mi-parli explica explicar describa describir defina definir compara comparar enumere enumera mencione menciona nombre comente
    descreva descreve descrever cite liste discuta fale spiega spiegare spiegate spieghi descrivi descrivere descriva definisci definisca confronta
    elenca elencare illustra parla
    объясните объясни объяснить опишите опиши описать расскажите расскажи назовите назови перечислите перечисли сравните сравни определите приведите
    поясните дайте обоснуйте поясніть поясни опишіть опиши розкажіть розкажи назвіть назви перелічіть порівняйте порівняй визначте наведіть обґрунтуйте
    wyjaśnij wyjaśnić opisz opisać omów omówić zdefiniuj porównaj wymień podaj przedstaw uzasadnij
    הסבר הסבירו הסבירי תאר תארו תארי הגדר הגדירו השווה השוו מנה מנו פרט פרטו
    اشرح اشرحي صف عرف عرّف قارن اذكر عدد ناقش وضح وضّح
  `),
);

/** Imperatives that ask for work. */
export const WORKING: ReadonlySet<string> = new Set(
  words(`
    implement write design draw sketch code program build create find solve calculate compute estimate debug fix refactor review optimize optimise
    model plan show demonstrate determine simplify evaluate convert draft improve assess analyze analyse propose suggest choose rank sort complete
    trace predict imagine
    implementiere implementieren schreibe schreiben entwirf entwerfe entwerfen zeichne zeichnen berechne berechnen löse lösen programmiere
    programmieren zeige zeigen skizziere skizzieren analysiere analysieren bewerte bewerten
    implémentez écrivez écris concevez dessinez calculez résolvez programmez montrez proposez analysez
    implemente implementa escriba escribe escreva escreve diseñe diseña dibuje dibuja desenhe calcule calcula resuelva resuelve resolva muestre muestra
    mostre scrivi scrivere progetta disegna calcola risolvi mostra
    напишите напиши реализуйте реализуй спроектируйте нарисуйте вычислите решите реши покажите докажите предложите напишіть реалізуйте спроєктуйте
    намалюйте обчисліть покажіть доведіть запропонуйте napisz zaimplementuj zaprojektuj narysuj oblicz rozwiąż pokaż udowodnij zaproponuj
    כתוב כתבו ממש ממשו תכנן תכננו צייר ציירו חשב חשבו פתור פתרו הראה הראו اكتب نفذ نفّذ صمم صمّم ارسم احسب أثبت اقترح
  `),
);

/** Those that are names of things too: they ask where a word such as these is next to them. */
export const AMBIGUOUS: ReadonlySet<string> = new Set(
  words(
    "design model plan state list name code program show review sort rank draft test build find share sketch trace value",
  ),
);
export const BEHIND_AMBIGUOUS: ReadonlySet<string> = new Set(
  words(`a an the your our this that these those some any all each every how why what which when where two three four five six several different
    me us it its them about through for and between at least`),
);

/** With what is behind it, the second word: what an English question without its mark begins with. */
export const ENGLISH_QUESTION: readonly [ReadonlySet<string>, ReadonlySet<string>] = [
  new Set(words("what how why which who whom whose where when")),
  new Set(
    words(`is are was were do does did can could would should will has have had might may must many much long often to kind kinds type types sort
      sorts about if`),
  ),
];

/** Question words of other languages. */
export const QUESTION_WORDS: ReadonlySet<string> = new Set(
  words(`
    was wie warum wieso weshalb wozu welche welcher welches welchen wer wo wann worin wodurch
    qu'est quelle quelles quel quels comment pourquoi quand où qué cuál cuáles cómo por dónde cuándo quién qual quais como quando onde quem
    cosa quale quali perché dove chi
    что как какой какая какое какие каков какова почему зачем когда где кто чем що як який яка яке які чому навіщо коли де хто чим
    co jak jaki jaka jakie dlaczego kiedy gdzie kto czym czy ne nasıl neden niçin hangi kim nerede
    מה מהו מהי מהם איך כיצד מדוע למה מתי איפה מי ما ماذا كيف لماذا متى أين من هل أي क्या कैसे क्यों कौन कब कहाँ किस
  `),
);

/** Turkish imperatives, which end in several ways. */
export const TURKISH_STEMS: readonly string[] = words(
  "açıklay anlat tanımlay karşılaştır listeley yazın uygulay tasarlay çizin hesaplay çözün gösterin",
);

/** Chinese and Japanese beginnings. */
export const BEGINS_UNSPACED =
  /^(?:[请請试試]|[解][释釋]|描述|[说說]明|[说說][说說]|[讲講][讲講]|聊聊|[简簡]述|介[绍紹]|[谈談]|比[较較]|列[举舉出]|[什][么麼]|如何|怎|[为為][什何]|何[时時]|哪|定[义義]|[举舉]|[论論]述|[阐闡]述|分析|[证證]明|推[导導]|[实實][现現]|[编編][写寫]|[设設][计計]|[写寫])/u;

/** Endings that ask where no mark does: Japanese, Korean, Hindi, Turkish. */
export const ENDS_ASKING =
  /(?:(?:です|ます|でしょう|ません|の)か|とは何か|(?:下|くだ)さい|せよ|なさい|述べよ|説明して|教えて|시오|세요|하라|해라|보라|니까|ㄴ가|는가|인가|나요|가요|कीजिए|कीजिये|करें|बताइए|बताएं|बताएँ|समझाइए|समझाएं|लिखिए|लिखें|दीजिए|(?:^|\s)(?:nedir|nelerdir|nasıldır|kimdir|açıklayın(?:ız)?|anlatın(?:ız)?|yazın(?:ız)?|tanımlayın(?:ız)?))$/u;

/** What asks for more of the same answer, as in "What is it? Explain." Nothing else behind a question is certainly of it. */
export const ASKS_ON =
  /^(?:why\b|explain\b|justify\b|elaborate\b|give (?:an? |some |one |two |three |your )?(?:real[- ]life )?(?:examples?|reasons?)\b|name (?:a few|some|one|two|three|four|five|\d)\b|(?:and )?(?:how|when) (?:so|not)\b|with (?:an )?examples?\b|erkläre|erläutere|begründe|nenne(?:n sie)? (?:ein|zwei|drei|einige|\d|beispiele)|expliquez|justifiez|donnez (?:un |des )?exemples?|explique|justifique|dé? (?:un )?ejemplos?|dê (?:um )?exemplos?|spiega|spieghi|motiva|fai (?:un )?esempi|объясните|поясните|обоснуйте|приведите примеры?|поясніть|обґрунтуйте|наведіть приклад|wyjaśnij|uzasadnij|podaj (?:przykład|przykłady)|açıklay|örnek ver|[请請]?(?:解[释釋]|[举舉]例|[说說]明)|例を|その理由|理由|예를|설명|그 이유|اشرح|وضح|علل|اذكر (?:مثال|أمثلة)|הסבר|הסבירו|נמק|נמקו|תן דוגמ|उदाहरण|समझाइए)/iu;
