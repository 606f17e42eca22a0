import { BrowserRouter, Route, Routes } from "react-router";
import { Frame } from "./Frame";
import { LiveProvider } from "./live/LiveProvider";
import { OverviewPage } from "./overview/OverviewPage";
import { ChannelPage } from "./pages/ChannelPage";
import { ContractsPage } from "./pages/ContractsPage";
import { CustomerPage } from "./pages/CustomerPage";
import { MachinePage } from "./pages/MachinePage";
import { NotFoundPage } from "./pages/NotFoundPage";

/** The console: one stream of changes for all pages. */
export function App() {
  return (
    <LiveProvider>
      <BrowserRouter>
        <Routes>
          <Route element={<Frame />}>
            <Route index element={<OverviewPage />} />
            <Route path="machines/:id" element={<MachinePage />} />
            <Route path="channels/:id" element={<ChannelPage />} />
            <Route path="contracts" element={<ContractsPage />} />
            <Route path="customers/:address" element={<CustomerPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Route>
        </Routes>
      </BrowserRouter>
    </LiveProvider>
  );
}
