/* The table of field types, handed to core by main(). */
#ifndef PARVIS_FIELDS_H
#define PARVIS_FIELDS_H

#include "core/field_type.h"

extern const struct field_type *const field_table[];

extern const struct field_type field_text, field_longtext, field_number, field_boolean, field_consent,
        field_choice_type, field_choices, field_date, field_period, field_place, field_link, field_email, field_phone,
        field_relation, field_tags, field_images, field_files, field_media, field_licence, field_colour,
        field_icon_type, field_hours, field_tree, field_person, field_dates, field_signup, field_schedule, field_scale,
        field_ranking, field_matrix, field_numbers, field_display, field_hidden, field_computed;

#endif
