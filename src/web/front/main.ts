// Loaded by every page, after it is drawn. Pages are complete without it: each part makes a working
// form or link nicer. Small parts are imported here; a feature's own code is an entry of its own.
import "./sent_once";
