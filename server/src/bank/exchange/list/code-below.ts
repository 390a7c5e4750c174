/** Whether a question speaks of code that stands below it. */
export const pointsBelow = (question: string): boolean =>
  /\b(?:(?:this|these|the|following|given) (?:\w+ )?(?:code|function|snippet|program|query|class|script|output|expression|loop|method|statement|example|config\w*|component|regex)\b|following|below|what (?:does|do|will|would|is) (?:this|it|the following|be) (?:\w+ )?(?:print|output|log|return|do|produce|evaluate|printed|logged))/i.test(
    question,
  ) ||
  /(?:folgende[nrsm]?|suivante?s?|ci-dessous|siguientes?|seguintes?|seguent[ei]|следующ|ниже|наступн|нижче|poniższ|następując|aşağıdaki|下面|以下|如下|次の|다음|아래|التالي|الآتي|הבא|הבאה|निम्न)/iu.test(
    question,
  );
