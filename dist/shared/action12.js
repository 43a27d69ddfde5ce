import { n as validateConfig, t as fetchedSources } from "./action11.js";

export { validateConfig };