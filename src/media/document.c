#include "media/document.h"

#include <string.h>
#include <strings.h>

#include "base/macros.h"
#include "media/codec.h"

#define MAGIC(at, bytes) bytes, at, sizeof(bytes) - 1
#define TEXT NULL, 0, 0
#define ZIP MAGIC(0, "PK\3\4")
#define ODF(type) MAGIC(30, "mimetype" type)
#define OPEN_TEXT "application/vnd.oasis.opendocument.text"
#define OPEN_SHEET "application/vnd.oasis.opendocument.spreadsheet"
#define OPEN_SLIDES "application/vnd.oasis.opendocument.presentation"
#define OFFICE "application/vnd.openxmlformats-officedocument."

static const struct document_kind kinds[] = {
	{ "pdf", "application/pdf", MAGIC(0, "%PDF-") },
	{ "odt", OPEN_TEXT, ODF(OPEN_TEXT) },
	{ "ods", OPEN_SHEET, ODF(OPEN_SHEET) },
	{ "odp", OPEN_SLIDES, ODF(OPEN_SLIDES) },
	{ "docx", OFFICE "wordprocessingml.document", ZIP },
	{ "xlsx", OFFICE "spreadsheetml.sheet", ZIP },
	{ "pptx", OFFICE "presentationml.presentation", ZIP },
	{ "epub", "application/epub+zip", ODF("application/epub+zip") },
	{ "zip", "application/zip", ZIP },
	{ "txt", "text/plain; charset=utf-8", TEXT },
	{ "csv", "text/csv; charset=utf-8", TEXT },
	{ "md", "text/markdown; charset=utf-8", TEXT },
	{ "ics", "text/calendar; charset=utf-8", TEXT },
	{ "json", "application/json", TEXT },
	{ "geojson", "application/geo+json", TEXT },
	{ "gpx", "application/gpx+xml", TEXT },
	{ "svg", "image/svg+xml", TEXT },
	{ "mp3", "audio/mpeg", MAGIC(0, "ID3") },
	{ "mp3", "audio/mpeg", MAGIC(0, "\xFF\xFB") },
	{ "mp3", "audio/mpeg", MAGIC(0, "\xFF\xF3") },
	{ "mp3", "audio/mpeg", MAGIC(0, "\xFF\xFA") },
	{ "mp3", "audio/mpeg", MAGIC(0, "\xFF\xF2") },
	{ "ogg", "audio/ogg", MAGIC(0, "OggS") },
	{ "opus", "audio/ogg", MAGIC(0, "OggS") },
	{ "m4a", "audio/mp4", MAGIC(4, "ftyp") },
	{ "flac", "audio/flac", MAGIC(0, "fLaC") },
	{ "wav", "audio/wav", MAGIC(8, "WAVE") },
	{ "mp4", "video/mp4", MAGIC(4, "ftyp") },
	{ "webm", "video/webm", MAGIC(0, "\x1A\x45\xDF\xA3") },
};

const struct document_kind *document_kind(const char *name)
{
	const char *dot = strrchr(name, '.');
	for (size_t i = 0; dot && i < COUNT(kinds); i++)
		if (strcasecmp(kinds[i].extension, dot + 1) == 0) return &kinds[i];
	return NULL;
}

/* UTF-8 or an older coding of the West: no byte that only other files hold. */
static bool is_text(const uint8_t *head, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (head[i] < 0x20 && head[i] != '\t' && head[i] != '\n' && head[i] != '\f' && head[i] != '\r')
			return false;
	return true;
}

static bool begins(const struct document_kind *kind, const uint8_t *head, size_t size)
{
	if (kind->magic == NULL) return is_text(head, size);
	return size >= kind->at + kind->len && memcmp(head + kind->at, kind->magic, kind->len) == 0;
}

bool document_is(const struct document_kind *kind, const uint8_t *head, size_t size)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].extension, kind->extension) == 0 && begins(&kinds[i], head, size)) return true;
	return false;
}

bool document_is_media(const struct document_kind *kind)
{
	return strncmp(kind->type, "audio/", 6) == 0 || strncmp(kind->type, "video/", 6) == 0;
}

bool document_is_picture(const uint8_t *head, size_t size)
{
	return codec_of(head, size) != NULL;
}

const char *document_extensions(void)
{
	return "pdf, odt, ods, odp, docx, xlsx, pptx, epub, zip, txt, csv, md, ics, json, geojson, gpx, svg, mp3, ogg, "
	       "opus, m4a, flac, wav, mp4, webm";
}
