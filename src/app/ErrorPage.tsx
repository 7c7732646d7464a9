// What a reader sees when our own code failed: what happened, what was kept, what to do.

import { useRouteError } from 'react-router';
import { Page } from './Page.tsx';

export function ErrorPage() {
  const error = useRouteError();
  const message = error instanceof Error ? error.message : String(error);
  return (
    <Page title="This page stopped working">
      <p>
        Something in Wirelight failed. Your answers so far are kept in this browser. Load the page
        again; if it fails a second time, the message below helps whoever runs this server.
      </p>
      <p>
        <code>{message}</code>
      </p>
      <p>
        <a href={location.pathname}>Load the page again</a>
      </p>
    </Page>
  );
}
