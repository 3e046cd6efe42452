import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { startWords } from "../words/i18n";
import { App } from "./App";
import "./app.css";

startWords();

const root = document.getElementById("root");
if (!root) throw new Error("index.html lacks #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
