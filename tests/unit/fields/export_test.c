/* What a field writes to a file, its import reads back as the same value. */
#include "field_fixture.h"

#define CHOICES "'choices': [{'key': 'asso', 'label': 'Association'}, {'key': 'ecole', 'label': 'École'}]"

#define HEX "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define OTHER "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"

static const struct {
	const char *options, *value, *text;
} rows[] = {
	{ "'type': 'text'", "'=1+1'", "=1+1" },
	{ "'type': 'longtext'", "'## Un titre\\n\\n- deux  espaces\\n- ; et ,'",
	  "## Un titre\n\n- deux  espaces\n- ; et ," },
	{ "'type': 'number', 'unit': 'm²', 'decimals': 2", "'-1294.5'", "-1294.5" },
	{ "'type': 'number'", "'1000000'", "1000000" },
	{ "'type': 'consent', 'terms': 'charte'", "3", "3" },
	{ "'type': 'boolean'", "true", "oui" },
	{ "'type': 'boolean'", "false", "non" },
	{ "'type': 'computed', 'value': '1 / 3'", "'0.333333333'", "0.333333333" },
	{ "'type': 'computed', 'value': '1 > 3'", "false", "non" },
	{ "'type': 'computed', 'value': 'today()'", "'2026-11-29'", "2026-11-29" },
	{ "'type': 'choice', " CHOICES, "'ecole'", "ecole" },
	{ "'type': 'choices', " CHOICES, "['asso','ecole']", "asso;ecole" },
	{ "'type': 'choice', 'other': true, 'comment': true, " CHOICES,
	  "{'comment':'a\\\\b; c|d','key':'other','text':'café: bar; | x'}",
	  "other: café: bar\\; \\| x | a\\\\b\\; c\\|d" },
	{ "'type': 'choices', 'other': true, 'comment': true, " CHOICES,
	  "[{'comment':'le soir; tard','key':'asso'},'ecole',{'key':'other','text':'a;b'}]",
	  "asso | le soir\\; tard;ecole;other: a\\;b" },
	{ "'type': 'scale', 'from': 0, 'to': 10", "0", "0" },
	{ "'type': 'scale', 'unknown': true", "'unknown'", "unknown" },
	{ "'type': 'ranking', " CHOICES, "['ecole','asso']", "ecole;asso" },
	{ "'type': 'numbers', 'rows': [{'key': 'a', 'label': 'À pied'}, {'key': 'b', 'label': 'Bus'}]",
	  "{'a':'-3','b':'12.5'}", "a: -3; b: 12.5" },
	{ "'type': 'matrix', 'rows': [{'key': 'a', 'label': 'A'}, {'key': 'b', 'label': 'B'}], 'answer': 'several', " CHOICES,
	  "{'a':['asso','ecole'],'b':['ecole']}", "{\"a\":[\"asso\",\"ecole\"],\"b\":[\"ecole\"]}" },
	{ "'type': 'hidden'", "'affiche'", "affiche" },
	{ "'type': 'date'", "'2026-11-28'", "2026-11-28" },
	{ "'type': 'date', 'time': true", "'2026-11-28T14:30'", "2026-11-28T14:30" },
	/* ISO 8601-1 §5.5, as ranges of days */
	{ "'type': 'period'", "{'from':'2013-01-01','to':'2013-12-31'}", "2013-01-01/2013-12-31" },
	{ "'type': 'period'", "{'from':'2013-01-01'}", "2013-01-01" },
	{ "'type': 'period'", "{'to':'2013-12-31'}", "/2013-12-31" },
	{ "'type': 'period', 'time': true", "{'from':'2013-01-01T09:00','to':'2013-01-01T17:30'}",
	  "2013-01-01T09:00/2013-01-01T17:30" },
	{ "'type': 'schedule'", "{'from':'2026-12-08T18:30','to':'2026-12-08T20:00'}",
	  "2026-12-08T18:30/2026-12-08T20:00" },
	{ "'type': 'schedule'",
	  "{'also':['2027-02-16'],'except':['2027-02-09'],'from':'2026-12-08T18:30','moved':{'2027-03-09':{'from':'2027-03-10T19:00','to':'2027-03-10T20:00'}},'rule':'FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270630'}",
	  "2026-12-08T18:30 | FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270630 | except 2027-02-09 | also 2027-02-16 | moved 2027-03-09=2027-03-10T19:00/2027-03-10T20:00" },
	{ "'type': 'place'", "{'lat':473855000,'lon':-6975000}", "47.3855, -0.6975" },
	{ "'type': 'place'", "{'approximate':true,'lat':473855000,'lon':6975000}", "47.3855, 0.6975; approximate; " },
	{ "'type': 'place'", "{'address':'12, rue de Tours; au fond','lat':473855001,'lon':0}",
	  "47.3855001, 0.0; ; 12, rue de Tours; au fond" },
	{ "'type': 'place'", "{'address':'12, 14'}", "; ; 12, 14" },
	/* RFC 7946 §3.2: a Feature; coordinates as its appendix A writes them. */
	{ "'type': 'place'",
	  "{'address':'Le sentier','approximate':true,'shape':{'coordinates':[[1000000000,0],[1010000000,10000000]],'type':'LineString'}}",
	  "{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[100.0,0.0],[101.0,1.0]]},"
	  "\"properties\":{\"address\":\"Le sentier\",\"approximate\":true}}" },
	{ "'type': 'link'", "'https://example.org/a?b=c'", "https://example.org/a?b=c" },
	{ "'type': 'email'", "'a@example.org'", "a@example.org" },
	{ "'type': 'phone'", "'+33 2 47 00 00 00'", "+33 2 47 00 00 00" },
	{ "'type': 'relation', 'form': 'fiche'", "['01m8bffs1penkba8rg6cjmrhw9']", "01m8bffs1penkba8rg6cjmrhw9" },
	{ "'type': 'tags'", "['café','vélo du soir']", "café, vélo du soir" },
	{ "'type': 'dates'",
	  "{'chosen':'2026-12-05','closes':'2026-11-30','slots':[{'at':'2026-12-01T18:30/20:00','places':8},{'at':'2026-12-05'}]}",
	  "2026-12-01T18:30/20:00 x8\n2026-12-05\nuntil 2026-11-30\nchosen 2026-12-05" },
	{ "'type': 'signup'",
	  "{'open':true,'places':12,'questions':[{'required':true,'text':'Allergies ?'}],'waiting':true}",
	  "open\nplaces 12\nwaiting\nquestion!: Allergies ?" },
	{ "'type': 'hours'", "'Mo-Fr 09:00-12:00,14:00-18:00; PH off; Jul-Aug off'",
	  "Mo-Fr 09:00-12:00,14:00-18:00; PH off; Jul-Aug off" },
	{ "'type': 'tree', 'many': true, 'choices': [{'key': 'a', 'label': 'A', 'choices': [{'key': 'b', 'label': 'B'}]}, {'key': 'c', 'label': 'C'}]",
	  "['b','c']", "b;c" },
	{ "'type': 'person'", "'01m8bffs1penkba8rg6cjmrhw9'", "01m8bffs1penkba8rg6cjmrhw9" },
	{ "'type': 'licence'", "'CC-BY-SA-4.0'", "CC-BY-SA-4.0" },
	{ "'type': 'colour'", "'foret'", "foret" },
	{ "'type': 'colour'", "'#1a4b81'", "#1a4b81" },
	{ "'type': 'icon'", "'map-pin'", "map-pin" },
	{ "'type': 'images'",
	  "[{'alt':'La halle','file':'" HEX "','h':800,'w':1200},{'decorative':true,'file':'" OTHER "','h':1,'w':1}]",
	  "{\"alt\":\"La halle\",\"file\":\"" HEX "\",\"h\":800,\"w\":1200}\n"
	  "{\"decorative\":true,\"file\":\"" OTHER "\",\"h\":1,\"w\":1}" },
	{ "'type': 'files'", "[{'file':'" HEX "','name':'Bilan.pdf','size':12,'type':'application/pdf'}]",
	  "{\"file\":\"" HEX "\",\"name\":\"Bilan.pdf\",\"size\":12,\"type\":\"application/pdf\"}" },
	{ "'type': 'media'",
	  "[{'file':'" HEX "','name':'Son.mp3','size':12,'transcript':'Bonjour.\\n\\nMerci.','type':'audio/mpeg'}]",
	  "{\"file\":\"" HEX
	  "\",\"name\":\"Son.mp3\",\"size\":12,\"transcript\":\"Bonjour.\\n\\nMerci.\",\"type\":\"audio/mpeg\"}" },
};

static void test_round_trip(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct field *field = field_of(rows[i].options);
		const struct field_type *type = field->type;
		struct buf text;
		buf_init(&text, &fixture.a, 0);
		(type->export ? type->export : type->text)(&text, LANG_FR, field, value_of(rows[i].value));
		assert_string_equal(buf_str(&text), rows[i].text);
		json_t *back = type->import(field, buf_str(&text), &fixture.issues);
		check_value(field, back);
		assert_string_equal(mistakes(), "");
		assert_string_equal(written(back), rows[i].value);
	}
}

/* Each type has its row, but for those that no file of text can bring. */
static void test_every_type(void **state)
{
	(void)state;
	for (const struct field_type *const *type = field_table; *type; type++) {
		bool found = false;
		char *named = arena_printf(&fixture.a, "'type': '%s'", (*type)->name);
		for (size_t i = 0; i < COUNT(rows); i++) found |= strncmp(rows[i].options, named, strlen(named)) == 0;
		found |= (*type)->role == ROLE_TOLD; /* it has no value */
		if (!found) fail_msg("%s", (*type)->name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { FIELD_TEST(test_round_trip), FIELD_TEST(test_every_type) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
