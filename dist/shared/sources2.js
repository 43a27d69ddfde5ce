import { t as validationSources } from "./sources.js";

export { validationSources };