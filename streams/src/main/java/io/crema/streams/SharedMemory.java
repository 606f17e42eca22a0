package io.crema.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One block cache of 16 MiB for all stores of the process, write buffers of 8 MiB, and one limit over all of those. */
public final class SharedMemory implements RocksDBConfigSetter {
    private static final long CACHE = 16L << 20;
    private static final long WRITE_BUFFER = 8L << 20;
    private static final long ALL_WRITE_BUFFERS = 64L << 20;

    /** Lives as long as the process: stores come and go, it stays. */
    private static final class Shared {
        static final Cache CACHE_OF_ALL;
        static final WriteBufferManager BUFFERS_OF_ALL;

        static {
            RocksDB.loadLibrary();
            CACHE_OF_ALL = new LRUCache(CACHE);
            BUFFERS_OF_ALL = new WriteBufferManager(ALL_WRITE_BUFFERS, new LRUCache(CACHE));
        }
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE_OF_ALL);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.BUFFERS_OF_ALL);
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setMaxWriteBufferNumber(2);
        options.setMaxBackgroundJobs(2);
        options.setInfoLogLevel(InfoLogLevel.ERROR_LEVEL);
    }

    @Override
    public void close(String store, Options options) {
        // What is shared outlives the store.
    }
}
