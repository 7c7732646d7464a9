import { Change } from './Change.tsx';
import { Cite } from './Cite.tsx';
import { Demo } from './Demo.tsx';
import { Everybody } from './Everybody.tsx';
import { Explain } from './Explain.tsx';
import { LeftOut } from './LeftOut.tsx';
import { Option } from './Option.tsx';
import { Predict } from './Predict.tsx';
import { PredictLedger } from './PredictLedger.tsx';
import { Quiz } from './Quiz.tsx';
import { Say } from './Say.tsx';
import { Step } from './Step.tsx';
import { Table } from './Table.tsx';
import { Term } from './Term.tsx';

/** The words that an author of a lesson may use. The only list to edit when one is added. */
export const LESSON_WORDS = {
  Change,
  Cite,
  Demo,
  Everybody,
  Explain,
  LeftOut,
  Option,
  Predict,
  PredictLedger,
  Quiz,
  Say,
  Step,
  Term,
  // What Markdown's own tables become.
  table: Table,
};
