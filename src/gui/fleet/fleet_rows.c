/* SPDX-License-Identifier: MIT */
/* fleet_rows: a row is its number. */
#include "fleet_rows.h"

struct _VmmFleetRows {
  GObject    parent;
  GPtrArray *guests;
};

static void model_init (GtkTreeModelIface *model);

G_DEFINE_TYPE_WITH_CODE (VmmFleetRows, vmm_fleet_rows, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (GTK_TYPE_TREE_MODEL, model_init))

static gboolean
set_iter (GtkTreeModel *model, GtkTreeIter *iter, gint64 row)
{
  gboolean is_there = row >= 0 && row < VMM_FLEET_ROWS (model)->guests->len;

  *iter = (GtkTreeIter){ .stamp = is_there, .user_data = GINT_TO_POINTER ((int) row) };
  return is_there;
}

static int
get_row (const GtkTreeIter *iter)
{
  return GPOINTER_TO_INT (iter->user_data);
}

static GtkTreeModelFlags
get_flags (GtkTreeModel *model)
{
  return GTK_TREE_MODEL_LIST_ONLY;
}

static int
get_n_columns (GtkTreeModel *model)
{
  return 1;
}

static GType
get_column_type (GtkTreeModel *model, int column)
{
  return G_TYPE_POINTER;
}

static gboolean
get_iter (GtkTreeModel *model, GtkTreeIter *iter, GtkTreePath *path)
{
  return set_iter (model, iter, gtk_tree_path_get_indices (path)[0]);
}

static GtkTreePath *
get_path (GtkTreeModel *model, GtkTreeIter *iter)
{
  return gtk_tree_path_new_from_indices (get_row (iter), -1);
}

static void
get_value (GtkTreeModel *model, GtkTreeIter *iter, int column, GValue *value)
{
  g_value_init (value, G_TYPE_POINTER);
  g_value_set_pointer (value, VMM_FLEET_ROWS (model)->guests->pdata[get_row (iter)]);
}

static gboolean
go_on (GtkTreeModel *model, GtkTreeIter *iter)
{
  return set_iter (model, iter, (gint64) get_row (iter) + 1);
}

static gboolean
go_back (GtkTreeModel *model, GtkTreeIter *iter)
{
  return set_iter (model, iter, (gint64) get_row (iter) - 1);
}

static gboolean
/* cppcheck-suppress constParameter ; as GtkTreeModelIface has it */
get_nth (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent, int n)
{
  return set_iter (model, iter, parent ? -1 : n);
}

static gboolean
get_first (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent)
{
  return get_nth (model, iter, parent, 0);
}

static gboolean
has_child (GtkTreeModel *model, GtkTreeIter *iter)
{
  return FALSE;
}

static int
/* cppcheck-suppress constParameter ; as GtkTreeModelIface has it */
count (GtkTreeModel *model, GtkTreeIter *iter)
{
  return iter ? 0 : (int) VMM_FLEET_ROWS (model)->guests->len;
}

static gboolean
get_parent (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *child)
{
  return set_iter (model, iter, -1);
}

static void
model_init (GtkTreeModelIface *model)
{
  model->get_flags = get_flags;
  model->get_n_columns = get_n_columns;
  model->get_column_type = get_column_type;
  model->get_iter = get_iter;
  model->get_path = get_path;
  model->get_value = get_value;
  model->iter_next = go_on;
  model->iter_previous = go_back;
  model->iter_children = get_first;
  model->iter_has_child = has_child;
  model->iter_n_children = count;
  model->iter_nth_child = get_nth;
  model->iter_parent = get_parent;
}

static void
finalize (GObject *object)
{
  g_ptr_array_unref (VMM_FLEET_ROWS (object)->guests);
  G_OBJECT_CLASS (vmm_fleet_rows_parent_class)->finalize (object);
}

static void
vmm_fleet_rows_class_init (VmmFleetRowsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = finalize;
}

static void
vmm_fleet_rows_init (VmmFleetRows *rows)
{
  rows->guests = g_ptr_array_new ();
}

VmmFleetRows *
vmm_fleet_rows_new (void)
{
  return g_object_new (VMM_TYPE_FLEET_ROWS, NULL);
}

void
vmm_fleet_rows_set (VmmFleetRows *rows, GPtrArray *guests)
{
  g_ptr_array_unref (rows->guests);
  rows->guests = guests;
}

void
vmm_fleet_rows_tell (VmmFleetRows *rows, int first, int last)
{
  GtkTreeModel *model = GTK_TREE_MODEL (rows);
  GtkTreeIter   row;

  for (int i = first; i <= last && set_iter (model, &row, i); i++) {
    g_autoptr (GtkTreePath) path = get_path (model, &row);
    gtk_tree_model_row_changed (model, path, &row);
  }
}
