// An address that leads nowhere.

import { Link } from 'react-router';
import { Page } from './Page.tsx';

export function NotFoundPage() {
  return (
    <Page title="There is no page here">
      <p>The address may be mistyped, or the page may have moved.</p>
      <p>
        <Link to="/lessons">Go to the lessons</Link>, or press <kbd>/</kbd> to look a term up.
      </p>
    </Page>
  );
}
