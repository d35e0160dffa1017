#include "fields/fields.h"

/* To add one: core/field_type.h says how. The order is that of the form editor's menu. */
const struct field_type *const field_table[] = {
	&field_text,      &field_longtext, &field_number, &field_boolean,  &field_choice_type,
	&field_choices,   &field_tree,     &field_date,   &field_period,   &field_schedule,
	&field_dates,     &field_signup,   &field_hours,  &field_place,    &field_link,
	&field_email,     &field_phone,    &field_person, &field_relation, &field_tags,
	&field_images,    &field_files,    &field_media,  &field_licence,  &field_colour,
	&field_icon_type, &field_consent,  &field_scale,  &field_ranking,  &field_matrix,
	&field_numbers,   &field_display,  &field_hidden, &field_computed, NULL,
};
