/** What lists call their columns, in the languages that they come in. Nothing else of a list is shown to a candidate. */

/** What a column can hold that a question has a place for. `number` is what only numbers the rows. */
export type Meaning =
  | "prompt"
  | "strongAnswer"
  | "title"
  | "topic"
  | "level"
  | "minutes"
  | "tags"
  | "hints"
  | "followUps"
  | "redFlags"
  | "number";

/**
 * A name as it is compared: without capitals, signs, marks and accents. So `Réponse:`, `reponse` and `RÉPONSE` are one, and
 * `followUp`, `follow_up` and `Follow-up`.
 */
export const plainName = (name: string): string =>
  name
    .replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[ıłø]/g, (letter) => LIKE[letter] ?? letter)
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{N}#№]+/gu, " ")
    .trim();

const LIKE: Readonly<Record<string, string>> = { ı: "i", ł: "l", ø: "o" };

/** Words for a question. The names in a later line count only where no column has one of an earlier line. */
const PROMPTS: readonly string[] = [
  "prompt",
  "question, questions, q, frage, fragen, pregunta, preguntas, pergunta, perguntas, questão, questões, вопрос, вопросы, " +
    "питання, запитання, 问题, 問題, 题目, 題目, 问, 問, 提问, 試題, 试题, 题干, 題幹, 面试题, 質問, 設問, 質問文, 問題文, 질문, 문제, 문항, " +
    "سؤال, السؤال, أسئلة, الأسئلة, پرسش, שאלה, השאלה, שאלות, प्रश्न, सवाल, প্রশ্ন, soru, sorular, pytanie, pytania, " +
    "domanda, domande, quesito, vraag, vragen, fråga, frågor, spørgsmål, spørsmål, kysymys, otázka, otázky, kérdés, " +
    "întrebare, întrebări, ερώτηση, câu hỏi, pertanyaan, soal, คำถาม, въпрос, pitanje",
  "question body, question text, fragetext, texto de la pregunta, texto da pergunta, texte de la question, " +
    "текст вопроса, текст питання, soru metni, treść pytania, testo della domanda, نص السؤال, טקסט השאלה",
  "front, front side, vorderseite, recto, anverso, frente, fronte, przód, ön yüz, лицевая сторона, лицо, 正面, 表面, 表, 앞면, الوجه",
  "term, problem, task, exercise, challenge, instruction, statement, aufgabe, aufgabenstellung, begriff, exercice, énoncé, " +
    "problème, terme, ejercicio, enunciado, problema, término, exercício, termo, задача, задание, термин, завдання, термін, " +
    "用語, 용어, 术语, 術語, 题, 題, zadanie, esercizio, görev, terim, مصطلح, מונח",
  "question title, title of the question",
];

/** Words that say no more of a question than that it is one. */
const FILLERS = new Set(
  plainWords(
    "the, a, an, your, our, my, full, main, sample, example, interview, technical, coding, quiz, exam, test, text, body, " +
      "content, in, english, en, de, fr, es, pt, it, ru, und, et, y, e, и",
  ),
);

const NAMES: Readonly<Record<Exclude<Meaning, "prompt">, string>> = {
  strongAnswer:
    "answer, answers, a, ans, response, responses, reply, solution, solutions, model answer, expected answer, sample answer, " +
    "correct answer, ideal answer, good answer, best answer, suggested answer, strong answer, reference answer, answer text, " +
    "answer key, key points, back, back side, definition, meaning, completion, output, " +
    "antwort, antworten, lösung, lösungen, loesung, musterlösung, musterantwort, rückseite, erklärung, " +
    "réponse, réponses, corrigé, verso, définition, respuesta, respuestas, solución, soluciones, reverso, definición, " +
    "resposta, respostas, solução, soluções, verso, definição, gabarito, ответ, ответы, решение, решения, определение, " +
    "відповідь, відповіді, рішення, розвязок, розв'язок, визначення, 答案, 回答, 答, 解答, 正解, 解析, 参考答案, 標準答案, 标准答案, 背面, 定义, 定義, " +
    "模範解答, 裏面, 裏, 답, 답변, 정답, 해답, 모범답안, 뒷면, 정의, 풀이, إجابة, الإجابة, إجابات, الإجابات, جواب, الجواب, الحل, حل, تعريف, پاسخ, " +
    "תשובה, התשובה, תשובות, פתרון, הגדרה, उत्तर, जवाब, समाधान, हल, উত্তর, cevap, cevaplar, yanıt, yanıtlar, çözüm, tanım, arka yüz, " +
    "odpowiedź, odpowiedzi, rozwiązanie, definicja, tył, risposta, risposte, soluzione, soluzioni, definizione, retro, " +
    "antwoord, antwoorden, svar, vastaus, odpověď, válasz, răspuns, απάντηση, trả lời, jawaban, คำตอบ, отговор, odgovor",
  title: "title",
  topic:
    "topic, category, section, chapter, subject, module, unit, area, domain, theme, deck, " +
    "kategorie, thema, bereich, abschnitt, kapitel, fach, catégorie, sujet, thème, rubrique, chapitre, matière, " +
    "categoría, tema, sección, capítulo, materia, categoria, seção, assunto, matéria, disciplina, тема, категория, раздел, рубрика, глава, " +
    "категорія, розділ, 主题, 主題, 类别, 類別, 分类, 分類, 章节, 章節, 科目, トピック, カテゴリ, カテゴリー, テーマ, 分野, 単元, 주제, 카테고리, 분류, 분야, 과목, " +
    "موضوع, الموضوع, فئة, الفئة, تصنيف, التصنيف, القسم, נושא, קטגוריה, פרק, विषय, श्रेणी, अध्याय, konu, kategori, bölüm, kategoria, temat, dział, rozdział, " +
    "argomento, sezione, capitolo, onderwerp, ämne",
  level:
    "level, difficulty, difficulty level, niveau, schwierigkeit, schwierigkeitsgrad, stufe, difficulté, dificultad, nivel, " +
    "dificuldade, nível, сложность, уровень, уровень сложности, складність, рівень, 难度, 難度, 難易度, 级别, レベル, 난이도, 수준, الصعوبة, صعوبة, " +
    "المستوى, مستوى, רמה, רמת קושי, קושי, कठिनाई, स्तर, zorluk, seviye, düzey, trudność, poziom, poziom trudności, difficoltà, livello, seniority",
  minutes:
    "minutes, minute, mins, min, time minutes, time min, duration minutes, minuten, dauer minuten, minutos, minuti, минуты, хвилини, 分钟, 분, dakika, minuty",
  tags:
    "tags, tag, keywords, keyword, labels, label, schlagwörter, schlagworte, stichwörter, étiquettes, mots clés, etiquetas, " +
    "palabras clave, palavras chave, теги, тег, метки, ключевые слова, ключові слова, 标签, 標籤, 关键词, 關鍵詞, タグ, キーワード, 태그, 키워드, وسوم, الوسوم, " +
    "תגיות, תגים, टैग, etiketler, etiket, tagi, etykiety, etichette, parole chiave",
  hints:
    "hint, hints, hinweis, hinweise, tipp, tipps, pista, pistas, dica, dicas, подсказка, подсказки, підказка, підказки, 提示, " +
    "ヒント, 힌트, تلميح, التلميح, רמז, רמזים, संकेत, ipucu, ipuçları, wskazówka, wskazówki, podpowiedź, suggerimento, suggerimenti",
  followUps:
    "follow up, follow ups, followup, followups, follow up question, follow up questions, followup question, followup questions, " +
    "folgefrage, folgefragen, nachfrage, nachfragen, rückfrage, rückfragen, relance, relances, question de suivi, questions de suivi, " +
    "repregunta, repreguntas, pregunta de seguimiento, preguntas de seguimiento, pergunta de acompanhamento, perguntas de acompanhamento, " +
    "дополнительный вопрос, дополнительные вопросы, уточняющий вопрос, уточняющие вопросы, додаткове питання, додаткові питання, " +
    "追问, 追問, 跟进问题, 追加質問, フォローアップ, フォローアップ質問, 후속 질문, 추가 질문, 꼬리 질문, سؤال متابعة, أسئلة المتابعة, שאלת המשך, שאלות המשך, " +
    "अनुवर्ती प्रश्न, takip sorusu, takip soruları, ek soru, pytanie dodatkowe, pytania dodatkowe, domanda di approfondimento, domande di approfondimento",
  redFlags:
    "red flag, red flags, warnsignal, warnsignale, warnzeichen, señales de alerta, sinais de alerta, signaux d'alerte",
  number:
    "id, ids, #, no, nr, n, num, number, index, idx, row, row number, row id, question id, question number, question no, question #, qid, q id, " +
    "q no, s no, sno, sl no, sr no, serial, serial no, serial number, nummer, lfd nr, numéro, número, numero, №, номер, номер вопроса, п п, № п п, ідентифікатор, " +
    "编号, 編號, 序号, 序號, 番号, 番號, 번호, 순번, رقم, الرقم, מספר, מזהה, क्रमांक, क्रम संख्या, sıra, sıra no, numara, lp, numer, guid, uuid, unnamed 0, card id, note id",
};

function plainWords(words: string): string[] {
  return words
    .split(",")
    .map(plainName)
    .filter((word) => word !== "");
}

const MEANINGS = new Map<string, Meaning>(
  ([...Object.keys(NAMES)] as Exclude<Meaning, "prompt">[]).flatMap((meaning) =>
    plainWords(NAMES[meaning]).map((name) => [name, meaning] as const),
  ),
);
const PROMPT_RANKS = new Map(
  PROMPTS.flatMap((names, rank) => plainWords(names).map((name) => [name, rank] as const)).toReversed(),
);
for (const name of PROMPT_RANKS.keys()) MEANINGS.set(name, "prompt");

/** Which names of a question go before others: the lower, the surer. `null` where it is no name of a question. */
export function promptRank(name: string): number | null {
  const plain = plainName(name);
  const rank = PROMPT_RANKS.get(plain);
  if (rank !== undefined) return rank;
  if (MEANINGS.has(plain)) return null;
  const words = plain.split(" ").filter((word) => !FILLERS.has(word));
  const ranks = words.map((word) => PROMPT_RANKS.get(word) ?? PROMPTS.length);
  return words.length > 0 && ranks.every((one) => one <= SURE) ? Math.max(...ranks) + 0.5 : null;
}

/** Up to here a word means a question whatever stands beside it. */
const SURE = 1;

/** Whether a name means the question wherever it stands, and not only over a list of questions. */
export const saysQuestion = (name: string): boolean => (promptRank(name) ?? PROMPTS.length) < SURE + 1;

/** What a column of that name holds, as far as it is certain; `null` for all others. A hint or a follow-up may have a number behind it. */
export function meaningOf(name: string): Meaning | null {
  const plain = plainName(name);
  const found = MEANINGS.get(plain);
  if (found) return found;
  if (promptRank(name) !== null) return "prompt";
  const numbered = MEANINGS.get(plain.replace(/ ?\d{1,2}$/, ""));
  return numbered === "hints" || numbered === "followUps" ? numbered : null;
}

/** Whether a name says that what follows is the answer. One letter is not enough: it may number a choice. */
export const isAnswerName = (name: string): boolean => {
  const plain = plainName(name);
  return (plain.length > 1 || /\p{Lo}/u.test(plain)) && MEANINGS.get(plain) === "strongAnswer";
};

/** How hard a question is, as people say it. */
const LEVELS: readonly (readonly [string, string])[] = [
  [
    "foundation",
    "foundation, easy, beginner, basic, entry, junior, low, simple, einfach, leicht, facile, fácil, baixo, bajo, лёгкий, легкий, лёгкая, легко, простой, " +
      "простий, 简单, 簡單, 容易, 初级, 易, 初級, 簡単, 쉬움, 초급, سهل, קל, आसान, kolay, łatwe, łatwy, łatwa",
  ],
  [
    "working",
    "working, medium, intermediate, mid, middle, moderate, normal, average, mittel, mittelschwer, moyen, moyenne, medio, media, médio, média, средний, средняя, середній, " +
      "中等, 中级, 中級, 中, 普通, 보통, 중급, متوسط, בינוני, मध्यम, orta, średnie, średni, średnia, intermedio",
  ],
  [
    "advanced",
    "advanced, hard, difficult, senior, high, complex, schwer, schwierig, fortgeschritten, difficile, difícil, avancé, avanzado, avançado, сложный, сложная, складний, " +
      "困难, 困難, 难, 難, 高级, 高級, 難しい, 어려움, 고급, صعب, קשה, कठिन, zor, trudne, trudny, trudna, avanzato",
  ],
  ["research", "research, expert, experte, forschung, эксперт, 专家, 전문가"],
];
const LEVEL_WORDS = new Map(
  LEVELS.flatMap(([level, words]) => plainWords(words).map((word) => [word, level] as const)),
);

/** The level that a word stands for, or `null`. */
export const levelOf = (word: string): string | null => LEVEL_WORDS.get(plainName(word)) ?? null;
