import { type ReactNode, useId } from "react";
import css from "./Section.module.css";

type Props = {
  id?: string;
  title: string;
  /** What a reader comes here to ask. */
  question?: string;
  /** The answer to it, in one sentence. */
  answer?: ReactNode;
  /** A control at the right of the title. */
  aside?: ReactNode;
  children?: ReactNode;
};

/** A part of a page that answers one question: first in a sentence, then in detail. */
export function Section({ id, title, question, answer, aside, children }: Props) {
  const heading = useId();
  return (
    <section id={id} className={css.section} aria-labelledby={heading}>
      <div className={css.head}>
        <div>
          <h2 id={heading} className={css.title}>
            {title}
          </h2>
          {question && <span className={css.question}>{question}</span>}
        </div>
        {aside && <div className={css.aside}>{aside}</div>}
      </div>
      {answer && <p className={css.answer}>{answer}</p>}
      {children}
    </section>
  );
}
