import "katex/dist/katex.min.css";
import ReactMarkdown from "react-markdown";
import rehypeKatex from "rehype-katex";
import remarkMath from "remark-math";
import { MARKDOWN } from "./markdown-options.tsx";

export default function MathMarkdown({ text }: { text: string }) {
  return (
    <ReactMarkdown
      {...MARKDOWN}
      remarkPlugins={[...(MARKDOWN.remarkPlugins ?? []), remarkMath]}
      rehypePlugins={[rehypeKatex]}
    >
      {text}
    </ReactMarkdown>
  );
}
