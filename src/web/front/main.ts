// Loaded by every page, after it is drawn. Pages are complete without it: each part makes a working
// form or link nicer. Small parts are imported here; a feature's own code is an entry of its own.
import "./kept";
import "./reveal";
import "./sent_once";
import "./shortcuts";

// Fetched where there is something to narrow, to write or to send.
if (document.querySelector("form[data-auto]")) void import("./narrow");
if (document.querySelector("form[data-live]")) void import("./live");
if (document.querySelector("[data-clash]")) void import("./clash");
if (document.querySelector("[data-question]")) void import("./asked");
if (document.querySelector("[data-names]")) void import("./names");
if (document.querySelector("details.fold")) void import("./fold");
if (document.querySelector("p-upload")) void import("./upload");
if (document.querySelector("p-typed")) {
  void import("./preview");
  void import("./typed");
}
if (document.querySelector("p-rich")) void import("./rich_tools");
if (document.querySelector("p-ranking")) void import("./ranking");
if (document.querySelector("p-sums")) void import("./sums");
