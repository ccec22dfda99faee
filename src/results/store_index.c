/* SPDX-License-Identifier: MIT */
/* store_index: one file beside the documents, a checksum and a serialized array of their lines. */
#include "store_index.h"

#include "result_private.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME ".index"
#define MAX_BYTES (64 << 20)
#define HEAD_BYTES                                                                                 \
  64 /* of what it is, and of its checksum, together a multiple of what GVariant aligns to */
#define MAGIC_BYTES 32
#define FRESH_NS (2 * G_GINT64_CONSTANT (1000000000)) /* a file so young may change unseen */

/* id, label, VMM, its name, type, machine; and a Figures as it lies in memory. */
#define ROW "(sssssssay)"

typedef struct {
  VmmFileKey key;
  gint64     created;
  double     total, low, high, categories[VMM_N_CATEGORIES];
  guint32    quality, version, passive, light;
} Figures;

struct _VmmStoreIndex {
  const VmmStore *store;
  GVariant       *rows; /* NULL = none */
  gsize           n, at;
  guint           missed; /* lines that it did not have */
};

/* ---- Reading */

/* Another program, another kind of machine: another file. */
static void
make_magic (char ret_magic[MAGIC_BYTES + 1])
{
  memset (ret_magic, ' ', MAGIC_BYTES);
  g_snprintf (ret_magic, MAGIC_BYTES, "vmm_monitor index 2 %d %u %s", G_BYTE_ORDER,
              (guint) sizeof (Figures), VMM_VERSION);
  ret_magic[MAGIC_BYTES - 1] = '\n';
}

static void
make_sum (const char *bytes, gsize length, guint8 ret_sum[HEAD_BYTES - MAGIC_BYTES])
{
  gsize size = HEAD_BYTES - MAGIC_BYTES;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (sum, (const guchar *) bytes, (gssize) length);
  g_checksum_get_digest (sum, ret_sum, &size);
}

static gboolean
is_whole (const char *bytes, gsize length)
{
  char   magic[MAGIC_BYTES + 1];
  guint8 sum[HEAD_BYTES - MAGIC_BYTES];

  if (length < HEAD_BYTES)
    return FALSE;
  make_magic (magic);
  make_sum (bytes + HEAD_BYTES, length - HEAD_BYTES, sum);
  return memcmp (bytes, magic, MAGIC_BYTES) == 0 &&
         memcmp (bytes + MAGIC_BYTES, sum, sizeof sum) == 0;
}

static GVariant *
read_rows (const char *path)
{
  struct stat      status;
  g_autofree char *bytes = NULL;
  gsize            length;

  if (lstat (path, &status) < 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_BYTES ||
      !g_file_get_contents (path, &bytes, &length, NULL) || !is_whole (bytes, length))
    return NULL;
  g_autoptr (GBytes) all = g_bytes_new_take (g_steal_pointer (&bytes), length);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (all, HEAD_BYTES, length - HEAD_BYTES);
  g_autoptr (GVariant) rows =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("a" ROW), rest, FALSE));
  return g_variant_is_normal_form (rows) ? g_steal_pointer (&rows) : NULL;
}

static char *
get_path (const VmmStore *store)
{
  return g_build_filename (vmm_store_get_directory (store), NAME, NULL);
}

VmmStoreIndex *
vmm_store_index_open (const VmmStore *store)
{
  VmmStoreIndex   *index = g_new0 (VmmStoreIndex, 1);
  g_autofree char *path = get_path (store);

  index->store = store;
  index->rows = read_rows (path);
  index->n = index->rows ? g_variant_n_children (index->rows) : 0;
  return index;
}

static gint64
to_ns (const struct timespec *time)
{
  return (gint64) time->tv_sec * 1000000000 + time->tv_nsec;
}

/* Zeros of a file that cannot be looked at. */
static VmmFileKey
get_key (const VmmStore *store, const char *id)
{
  g_autofree char *path = vmm_store_get_path (store, id);
  struct stat      status;

  if (lstat (path, &status) < 0 || !S_ISREG (status.st_mode))
    return (VmmFileKey){ 0 };
  return (VmmFileKey){ status.st_ino, (guint64) status.st_size, to_ns (&status.st_ctim),
                       to_ns (&status.st_mtim) };
}

static gboolean
is_key (const VmmFileKey *a, const VmmFileKey *b)
{
  return a->inode && a->inode == b->inode && a->size == b->size && a->changed_ns == b->changed_ns &&
         a->modified_ns == b->modified_ns;
}

static gboolean
read_figures (GVariant *bytes, VmmStoreEntry *entry, VmmFileKey *ret_key)
{
  gsize         n;
  gconstpointer found = g_variant_get_fixed_array (bytes, &n, 1);
  Figures       figures;

  if (n != sizeof figures)
    return FALSE;
  memcpy (&figures, found, sizeof figures);
  *ret_key = figures.key;
  entry->created = figures.created;
  entry->total = figures.total;
  entry->low = figures.low;
  entry->high = figures.high;
  memcpy (entry->categories, figures.categories, sizeof entry->categories);
  entry->quality = (VmmQuality) figures.quality;
  entry->version = figures.version;
  entry->passive = figures.passive != 0;
  entry->light = figures.light != 0;
  return figures.quality <= VMM_QUALITY_INVALID;
}

static VmmStoreEntry *
read_row (GVariant *row, VmmFileKey *ret_key)
{
  g_autoptr (VmmStoreEntry) entry = g_new0 (VmmStoreEntry, 1);
  g_autoptr (GVariant) figures = NULL;

  g_variant_get (row, "(sssssss@ay)", &entry->id, &entry->label, &entry->vmm_id, &entry->vmm_name,
                 &entry->instance_type, &entry->zone, &entry->machine, &figures);
  return read_figures (figures, entry, ret_key) ? g_steal_pointer (&entry) : NULL;
}

/* The row of `id`, or NULL; those before it are of runs that are gone. */
static GVariant *
find_row (VmmStoreIndex *index, const char *id)
{
  for (; index->at < index->n; index->at++) {
    g_autoptr (GVariant) row = g_variant_get_child_value (index->rows, index->at);
    const char *found;
    g_variant_get_child (row, 0, "&s", &found);
    int order = strcmp (found, id);
    if (order == 0)
      return g_steal_pointer (&row);
    if (order > 0)
      return NULL;
  }
  return NULL;
}

VmmStoreEntry *
vmm_store_index_take (VmmStoreIndex *index, const char *id, VmmFileKey *ret_key)
{
  g_autoptr (GVariant) row = find_row (index, id);
  g_autoptr (VmmStoreEntry) entry = NULL;
  VmmFileKey key = { 0 };

  *ret_key = get_key (index->store, id);
  if (row)
    entry = read_row (row, &key);
  if (entry && is_key (&key, ret_key))
    return g_steal_pointer (&entry);
  index->missed++;
  return NULL;
}

/* ---- Writing */

static void
add_row (GVariantBuilder *rows, const VmmStoreEntry *entry, const VmmFileKey *key)
{
  Figures figures = { .key = *key,
                      .created = entry->created,
                      .total = entry->total,
                      .low = entry->low,
                      .high = entry->high,
                      .quality = entry->quality,
                      .version = entry->version,
                      .passive = entry->passive != 0,
                      .light = entry->light != 0 };

  memcpy (figures.categories, entry->categories, sizeof figures.categories);
  g_variant_builder_add (
      rows, "(sssssss@ay)", entry->id, entry->label, entry->vmm_id, entry->vmm_name,
      entry->instance_type, entry->zone, entry->machine,
      g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, &figures, sizeof figures, 1));
}

static gboolean
is_settled (const VmmStoreEntry *entry, const VmmFileKey *key, gint64 now_ns)
{
  return !entry->damage && key->inode && key->changed_ns < now_ns - FRESH_NS;
}

static void
write_rows (const char *path, GVariant *rows)
{
  gsize            length = g_variant_get_size (rows);
  g_autofree char *bytes = g_malloc0 (HEAD_BYTES + length);
  char             magic[MAGIC_BYTES + 1];

  if (length > MAX_BYTES - HEAD_BYTES)
    return;
  make_magic (magic);
  memcpy (bytes, magic, MAGIC_BYTES);
  g_variant_store (rows, bytes + HEAD_BYTES);
  make_sum (bytes + HEAD_BYTES, length, (guint8 *) bytes + MAGIC_BYTES);
  vmm_save_bytes (path, bytes, HEAD_BYTES + length, VMM_SAVE_REPLACE, NULL);
}

static void
write_all (const VmmStoreIndex *index, const GPtrArray *entries, const VmmFileKey *keys,
           gint64 now_us)
{
  g_autofree char *path = get_path (index->store);
  GVariantBuilder  builder;
  guint            news = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" ROW));
  for (guint i = 0; i < entries->len; i++)
    if (is_settled (entries->pdata[i], &keys[i], now_us * 1000)) {
      add_row (&builder, entries->pdata[i], &keys[i]);
      news++;
    }
  g_autoptr (GVariant) rows = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (news >= VMM_INDEX_WORTH)
    write_rows (path, rows);
}

void
vmm_store_index_close (VmmStoreIndex *index, const GPtrArray *entries, const VmmFileKey *keys,
                       gint64 now_us)
{
  if (index->missed >= VMM_INDEX_WORTH)
    write_all (index, entries, keys, now_us);
  g_clear_pointer (&index->rows, g_variant_unref);
  g_free (index);
}
