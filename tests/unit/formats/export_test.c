/* Records in each format, read again by other libraries: libxml2, libzip, Jansson. Expected values are those of
 * the standards and of the values themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <zip.h>

#include "core/form.h"
#include "fields/fields.h"
#include "formats/format.h"
#include "support/site.h"

static struct {
	struct arena a, batch;
	struct form form;
	struct space space;
	struct model model;
	struct view view;
	struct page page;
	struct buf out;
	struct export x;
	char folder[64];
} f;

static const char definition[] =
        "{'key': 'fiche', 'label': 'Fiche', 'plural': 'Fiches [A/B]', 'add': 'Ajouter', 'title': 'titre', 'fields': ["
        "{'key': 'titre', 'type': 'text', 'label': 'Titre'},"
        "{'key': 'texte', 'type': 'longtext', 'label': 'Texte'},"
        "{'key': 'nombre', 'type': 'number', 'label': 'Surface', 'unit': 'm²', 'decimals': 9},"
        "{'key': 'jour', 'type': 'date', 'label': 'Jour', 'time': true},"
        "{'key': 'lieu', 'type': 'place', 'label': 'Lieu'},"
        "{'key': 'secret', 'type': 'text', 'label': 'Secret', 'audience': 'members'}]}";

static int setup(void **state)
{
	(void)state;
	struct issues issues;
	struct err err = { 0 };
	memset(&f, 0, sizeof(f));
	field_types_use(field_table);
	arena_init(&f.a);
	arena_init(&f.batch);
	issues_init(&issues, &f.a);
	assert_int_equal(form_parse(&f.a, test_json(&f.a, definition), NULL, 0, &f.form, &issues, &err), OK);
	f.space = (struct space){ .num = 1, .slug = "tours", .name = { { "Tours", "Tours" } } };
	f.model = (struct model){ .spaces = &f.space,
		                  .nspaces = 1,
		                  .forms = &f.form,
		                  .nforms = 1,
		                  .settings = json_keep(&f.a, json_object()) };
	f.view = (struct view){ .key = "liste", .slug = "liste", .form = &f.form, .title = { { "Liste", "List" } } };
	f.page = (struct page){ .arena = &f.batch,
		                .lang = LANG_FR,
		                .model = &f.model,
		                .actor = &actor_visitor,
		                .path = "/",
		                .base_url = "https://x.example",
		                .now = 1071340202000 };
	buf_init(&f.out, &f.a, 0);
	snprintf(f.folder, sizeof(f.folder), "/tmp/parvis-export-XXXXXX");
	assert_non_null(mkdtemp(f.folder));
	f.x = (struct export){ .page = &f.page,
		               .arena = &f.a,
		               .view = &f.view,
		               .out = &f.out,
		               .folder = f.folder,
		               .url = "https://x.example/-/export/liste/x",
		               .page_url = "https://x.example/liste",
		               .path = arena_printf(&f.a, "%s/file", f.folder) };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(f.x.path);
	assert_int_equal(rmdir(f.folder), 0); /* nothing else is left */
	arena_release(&f.batch);
	arena_release(&f.a);
	return 0;
}

/* Writes records with these values (JSON with ' for "). */
static void write_all(const struct format *format, const char *const *values, size_t n)
{
	struct err err = { 0 };
	f.x.ncolumns = export_columns(&f.page, &f.form, f.x.keys, &f.a, &f.x.columns);
	if (format->begin) assert_int_equal(format->begin(&f.x, &err), OK);
	for (size_t i = 0; i < n; i++) {
		struct record record = { .id = { { (uint8_t)(i + 1) } },
			                 .form = &f.form,
			                 .space = &f.space,
			                 .slug = "une",
			                 .created = 1071340202000,
			                 .changed = 1071340202000 };
		record.values = test_json(&f.batch, values[i]);
		record.title = json_str_or(record.values, "titre", "");
		assert_int_equal(format->record(&f.x, &record, &err), OK);
		f.x.n++;
		arena_reset(&f.batch);
	}
	if (format->end) assert_int_equal(format->end(&f.x, &err), OK);
}

static const char *part_of_file(const char *name, size_t *len)
{
	zip_t *zip = zip_open(f.x.path, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
	assert_non_null(zip);
	zip_stat_t stat;
	assert_int_equal(zip_stat(zip, name, 0, &stat), 0);
	char *text = arena_alloc(&f.a, stat.size + 1);
	zip_file_t *file = zip_fopen(zip, name, 0);
	assert_int_equal(zip_fread(file, text, stat.size), (zip_int64_t)stat.size);
	zip_fclose(file);
	zip_discard(zip);
	*len = stat.size;
	return text;
}

static xmlDocPtr xml_of(const char *text, size_t len)
{
	xmlDocPtr doc = xmlReadMemory(text, (int)len, NULL, NULL, XML_PARSE_NONET);
	assert_non_null(doc);
	return doc;
}

static xmlDocPtr part(const char *name)
{
	size_t len;
	const char *text = part_of_file(name, &len);
	return xml_of(text, len);
}

/* The string value of an XPath; prefixes do not matter: names are local. */
static const char *found(xmlDocPtr doc, const char *path)
{
	xmlXPathContextPtr context = xmlXPathNewContext(doc);
	xmlXPathObjectPtr object = xmlXPathEvalExpression((const xmlChar *)path, context);
	assert_non_null(object);
	xmlChar *text = xmlXPathCastToString(object);
	const char *kept = arena_strdup(&f.a, (const char *)text);
	xmlFree(text);
	xmlXPathFreeObject(object);
	xmlXPathFreeContext(context);
	return kept;
}

static const char *const rows[] = {
	("{'titre': '=1+1', 'texte': 'a  b\\n<c> & \\td', 'nombre': '-1294.5', 'jour': '2026-11-28', "
	 "'lieu': {'lat': 473855000, 'lon': -6975001}}"),
	"{'titre': 'Deux', 'nombre': '12345678901234567', 'jour': '2026-11-28T14:30'}",
	"{'titre': 'Trois', 'nombre': '0.000000001', 'jour': '1789-07-14'}",
};

static void test_csv(void **state)
{
	(void)state;
	write_all(&format_csv, rows, COUNT(rows));
	assert_string_equal(
	        buf_str(&f.out),
	        "\xEF\xBB\xBFTitre,Texte,Surface (m²),Jour,Lieu,Adresse de la page,Espace,Création,Dernière correction\r\n"
	        "\"'=1+1\",\"a  b\n<c> & \td\",-1294.5,2026-11-28,\"47.3855, -0.6975001\",https://x.example/une,Tours,"
	        "2003-12-13T19:30,2003-12-13T19:30\r\n"
	        "Deux,,12345678901234567,2026-11-28T14:30,,https://x.example/une,Tours,2003-12-13T19:30,2003-12-13T19:30\r\n"
	        "Trois,,0.000000001,1789-07-14,,https://x.example/une,Tours,2003-12-13T19:30,2003-12-13T19:30\r\n");
}

/* RFC 7946 §3.1.1: longitude, latitude; §3.2: null when unlocated; §4: WGS 84, without "crs". */
static void test_geojson(void **state)
{
	(void)state;
	struct err err;
	json_t *all;
	write_all(&format_geojson, rows, COUNT(rows));
	assert_int_equal(json_parse(&f.a, buf_str(&f.out), f.out.len, &all, &err), OK);
	assert_string_equal(json_str(all, "type"), "FeatureCollection");
	assert_int_equal(json_object_size(all), 2);
	const json_t *features = json_object_get(all, "features");
	assert_int_equal(json_array_size(features), 3);
	assert_non_null(
	        strstr(buf_str(&f.out), "\"geometry\":{\"type\":\"Point\",\"coordinates\":[-0.6975001,47.3855]}"));
	assert_non_null(strstr(buf_str(&f.out), "\"nombre\":-1294.5,"));
	assert_true(json_is_null(json_object_get(json_array_get(features, 1), "geometry")));
	assert_string_equal(json_str(json_object_get(json_array_get(features, 1), "properties"), "titre"), "Deux");
}

static void test_objects(void **state)
{
	(void)state;
	struct err err;
	json_t *all;
	write_all(&format_json, rows, COUNT(rows));
	assert_int_equal(json_parse(&f.a, buf_str(&f.out), f.out.len, &all, &err), OK);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const json_t *one = json_array_get(all, i);
		assert_true(json_equal(json_object_get(one, "values"), test_json(&f.a, rows[i])));
		assert_string_equal(json_str(one, "created"), "2003-12-13T18:30:02Z"); /* RFC 4287 §1.1 */
	}
}

static void test_nothing(void **state)
{
	(void)state;
	struct err err;
	json_t *all;
	write_all(&format_json, NULL, 0);
	assert_int_equal(json_parse(&f.a, buf_str(&f.out), f.out.len, &all, &err), OK);
	assert_int_equal(json_array_size(all), 0);
	buf_reset(&f.out);
	write_all(&format_geojson, NULL, 0);
	assert_int_equal(json_parse(&f.a, buf_str(&f.out), f.out.len, &all, &err), OK);
	buf_reset(&f.out);
	write_all(&format_atom, NULL, 0);
	xmlDocPtr doc = xml_of(f.out.data, f.out.len);
	assert_string_equal(found(doc, "count(/*[local-name()='feed']/*[local-name()='entry'])"), "0");
	assert_string_equal(found(doc, "/*/*[local-name()='updated']"), "2003-12-13T18:30:02Z");
	xmlFreeDoc(doc);
	buf_reset(&f.out);
	write_all(&format_jsonfeed, NULL, 0);
	assert_int_equal(json_parse(&f.a, buf_str(&f.out), f.out.len, &all, &err), OK);
	assert_int_equal(json_array_size(json_object_get(all, "items")), 0);
	buf_reset(&f.out);
	write_all(&format_xlsx, NULL, 0);
	xmlFreeDoc(part("xl/worksheets/sheet1.xml"));
	unlink(f.x.path);
	write_all(&format_ods, NULL, 0);
	xmlFreeDoc(part("content.xml"));
}

static void check_atom_id(const char *first)
{
	xmlDocPtr doc = xml_of(f.out.data, f.out.len);
	const char *id = found(doc, "/*/*[local-name()='id']");
	assert_int_equal(strncmp(id, "urn:uuid:", 9), 0);
	assert_int_equal(id[9 + 14], '8'); /* RFC 9562 §5.8 */
	if (first) assert_string_not_equal(id, first);
	xmlFreeDoc(doc);
}

static void test_atom(void **state)
{
	(void)state;
	write_all(&format_atom, rows, COUNT(rows));
	xmlDocPtr doc = xml_of(f.out.data, f.out.len);
	assert_string_equal(found(doc, "count(/*/*[local-name()='entry'])"), "3");
	assert_string_equal(found(doc, "//*[local-name()='entry'][1]/*[local-name()='title']"), "=1+1");
	assert_string_equal(found(doc, "//*[local-name()='entry'][1]/*[local-name()='link']/@href"),
	                    "https://x.example/une");
	const char *id = found(doc, "/*/*[local-name()='id']");
	check_atom_id(NULL);
	xmlFreeDoc(doc);
	/* Other choices are another feed. */
	buf_reset(&f.out);
	f.x.n = 0;
	f.x.page_url = "https://x.example/liste?titre=deux";
	write_all(&format_atom, rows, COUNT(rows));
	check_atom_id(id);
}

/* ECMA-376: 18.3.1.4 (cells), 18.3.1.66 (pane), 18.3.1.2 (filter). Days are counted from 1899-12-30; 2026-11-28
 * is 46354 (LibreOffice). */
static void test_xlsx(void **state)
{
	(void)state;
	write_all(&format_xlsx, rows, COUNT(rows));
	xmlDocPtr doc = part("xl/worksheets/sheet1.xml");
	static const char *const cells[][2] = {
		{ "//*[local-name()='c'][@r='C1']", "Surface (m²)" },
		{ "//*[local-name()='c'][@r='A2']", "=1+1" },
		{ "//*[local-name()='c'][@r='A2']/@t", "inlineStr" },
		{ "//*[local-name()='c'][@r='B2']", "a  b\n<c> & \td" },
		{ "//*[local-name()='c'][@r='C2']", "-1294.5" },
		{ "//*[local-name()='c'][@r='C2']/@t", "" },
		{ "//*[local-name()='c'][@r='C3']", "12345678901234567" }, /* more than a double holds: a text */
		{ "//*[local-name()='c'][@r='C3']/@t", "inlineStr" },
		{ "number(//*[local-name()='c'][@r='C4'])", "1e-09" },
		{ "//*[local-name()='c'][@r='D2']", "46354" },
		{ "//*[local-name()='c'][@r='D3'] - 46354 > 0.60416 and //*[local-name()='c'][@r='D3'] - 46354 < 0.60417",
		  "true" },
		{ "//*[local-name()='c'][@r='D4']", "1789-07-14" },
		{ "//*[local-name()='c'][@r='D4']/@t", "inlineStr" },
		{ "//*[local-name()='pane']/@state", "frozen" },
		{ "//*[local-name()='pane']/@ySplit", "1" },
		{ "//*[local-name()='autoFilter']/@ref", "A1:I4" },
	};
	for (size_t i = 0; i < COUNT(cells); i++) {
		const char *text = found(doc, cells[i][0]);
		if (strcmp(text, cells[i][1]) != 0) fail_msg("%s: %s", cells[i][0], text);
	}
	const char *day = arena_printf(&f.a, "//*[local-name()='cellXfs']/*[%s + 1]/@numFmtId",
	                               found(doc, "//*[local-name()='c'][@r='D2']/@s"));
	xmlFreeDoc(doc);
	doc = part("xl/styles.xml");
	assert_string_equal(found(doc, day), "14");
	xmlFreeDoc(doc);
	doc = part("xl/workbook.xml");
	assert_string_equal(found(doc, "//*[local-name()='sheet']/@name"), "Fiches  A B");
	xmlFreeDoc(doc);
}

/* OpenDocument 1.3: part 2, §3.3 (mimetype), part 3, §19.370 (dates), §6.1.2 (white space). */
static void test_ods(void **state)
{
	(void)state;
	write_all(&format_ods, rows, COUNT(rows));
	FILE *file = fopen(f.x.path, "rb");
	char head[90] = "";
	assert_int_equal(fread(head, 1, 84, file), 84);
	fclose(file);
	assert_memory_equal(head, "PK\3\4", 4);
	assert_memory_equal(head + 30, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 54);
	xmlDocPtr doc = part("content.xml");
	static const char *const cells[][2] = {
		{ "//*[local-name()='table']/@*[local-name()='name']", "Fiches  A B" },
		{ "count(//*[local-name()='table-row'])", "4" },
		{ "//*[local-name()='table-header-rows']//*[local-name()='table-cell'][3]", "Surface (m²)" },
		{ "count(//*[local-name()='table']/*[local-name()='table-row'][1]/*[2]/*[local-name()='p'])", "2" },
		{ "count(//*[local-name()='table']/*[local-name()='table-row'][1]/*[2]/*[1]/*[local-name()='s'])",
		  "1" },
		{ "count(//*[local-name()='table']/*[local-name()='table-row'][1]/*[2]/*[2]/*[local-name()='tab'])",
		  "1" },
		{ "//*[local-name()='table']/*[local-name()='table-row'][1]/*[3]/@*[local-name()='value']", "-1294.5" },
		{ "//*[local-name()='table']/*[local-name()='table-row'][1]/*[4]/@*[local-name()='date-value']",
		  "2026-11-28" },
		{ "//*[local-name()='table']/*[local-name()='table-row'][2]/*[3]/@*[local-name()='value-type']",
		  "string" },
		{ "//*[local-name()='table']/*[local-name()='table-row'][2]/*[4]/@*[local-name()='date-value']",
		  "2026-11-28T14:30:00" },
		{ "//*[local-name()='database-range']/@*[local-name()='target-range-address']",
		  "'Fiches  A B'.A1:'Fiches  A B'.I4" },
	};
	for (size_t i = 0; i < COUNT(cells); i++) {
		const char *text = found(doc, cells[i][0]);
		if (strcmp(text, cells[i][1]) != 0) fail_msg("%s: %s", cells[i][0], text);
	}
	xmlFreeDoc(doc);
	xmlFreeDoc(part("settings.xml"));
	xmlFreeDoc(part("META-INF/manifest.xml"));
}

/* What a visitor may not read has no column; nor has its value, would a record come with it. */
static void test_columns(void **state)
{
	(void)state;
	static const char *const row[] = { "{'titre': 'T', 'secret': 'canari'}" };
	static const struct format *const all[] = { &format_csv, &format_json, &format_geojson, &format_atom,
		                                    &format_jsonfeed };
	for (size_t i = 0; i < COUNT(all); i++) {
		buf_reset(&f.out);
		f.x.n = 0;
		write_all(all[i], row, 1);
		assert_null(strstr(buf_str(&f.out), "canari"));
		assert_null(strstr(buf_str(&f.out), "ecret"));
	}
	buf_reset(&f.out);
	f.page.actor = &actor_program;
	f.x.n = 0;
	write_all(&format_csv, row, 1);
	assert_non_null(strstr(buf_str(&f.out), "Secret"));
	assert_non_null(strstr(buf_str(&f.out), "canari"));
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_csv),  TEST(test_geojson), TEST(test_objects), TEST(test_nothing),
		TEST(test_atom), TEST(test_xlsx),    TEST(test_ods),     TEST(test_columns)
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	xmlCleanupParser();
	return failed;
}
