"""What ``vulture`` takes for unused and is used all the same: by whom, of each. Read by it alone, never run.

The rules of grammars stand here because a tree is folded by their names; ``tests/notation`` holds that each of them is
a rule of its grammar.
"""

# ruff: noqa: B018, F821

# The library click, of a group of commands.
_.list_commands
_.get_command

# The library pytest, of its collectors and items.
_.collect
_.runtest
_.reportinfo

# The library xmlschema: the loader is one of its kind, and a schema that is redefined knows by which.
_.load_declared_schemas
other_sources
_.redefine

# The parser expat, of what it is to call.
_.StartElementHandler
_.EndElementHandler
_.CharacterDataHandler

# The library python-docx, which writes what its objects are set to.
_.alignment
_.author
_.autofit
_.bottom_margin
_.created
_.keep_with_next
_.last_modified_by
_.left_indent
_.left_margin
_.modified
_.orientation
_.page_height
_.page_width
_.rgb
_.right_margin
_.space_after
_.space_before
_.top_margin
_.underline

# The library openpyxl, which does the same.
_.autoFilter
_.creator
_.errorTitle
_.fitToHeight
_.fitToPage
_.formatColumns
_.formatRows
_.freeze_panes
_.height
_.lastModifiedBy
_.paperSize
_.print_title_rows

# gbcscheck.report.formats, by the name of the format.
render_github
render_gitlab
render_html
render_json
render_junit
render_markdown
render_sarif_plain

# tools/build_store.py, when the wheel is made.
write_list
write_packaged
write_packaged_crosswalk

# tools/cosem_writing.py: read, and written back.
_.time_stamp

# gbcscheck.notation, by the names of rules
# in canonical.lark:
_.point
_.integer
_.decimal
_.from_low
_.to_high
_.dense
_.at_least
_.at_most
_.sequence
_.true
_.false

# in gbz_value.lark:
_.open_span
_.minimum
_.prefixed
_.utc_time
_.encoded_length
_.empty_or

# in clause.lark, and by the names of the parts of a sentence:
_.untitled
_.of_clause
_.had
_.default_stated
_.sized_integer
_.sized_bits
_.from_to
_.numbers_of
_.configurable
_.with_default
_.has_limits

# in table_value.lark:
_.some_quantities
_.one_day
_.days_between
_.every_day
_.working_days
_.weekend
_.some_days
_.days_except
_.one_time
_.iso_date
_.day_of_month
_.end_of_month
_.one_date
_.season
_.off
_.switches
_.some_octets
_.octet_span
_.money
_.bound_behind
_.two_bounds
_.tolerance
_.around_zero
_.tolerances
_.first_of_month
_.odd_digits

# in zcl_parameter.lark:
_.external
_.external_name
_.id_list
_.id_span
_.span_body
_.gloss
_.utc_time
_.special_body
_.repeated_values
_.external_body
