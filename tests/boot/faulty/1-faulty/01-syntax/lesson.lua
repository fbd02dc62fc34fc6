-- SPDX-License-Identifier: GPL-2.0-or-later
return lesson {
  format = 1,
  id = "1.1",
  title = = "A lesson with an equals sign too many",
}
